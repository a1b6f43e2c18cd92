package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.testing.TestService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line in the log that explains a refusal. */
class RefusalLogTest {
    @TempDir
    static Path folder;

    private static TestService service;
    private static NewAccessKey key;

    @BeforeAll
    static void start() {
        service = TestService.start(folder);
        key = service.key("fx");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials&scope=vault",
                "grant_type=client_credentials&resource=https://elsewhere.example",
                "grant_type=password",
                ""
            })
    void refusedAfterAuthentication_namesTheKey_underTheIdOfTheRequest(String form) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        HttpResponse<String> answer;
        try {
            answer =
                    service.token(TestService.basic(key.key().id(), key.secret().reveal()), form);
        } finally {
            System.setErr(stderr);
        }

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain(key.key().id());
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.contains(id) && line.contains(key.key().id()));
    }
}
