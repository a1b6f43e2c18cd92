package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is no stand-in has nothing of one. */
class NoStandInTest {
    @TempDir
    Path folder;

    @Test
    void withoutDev_thereIsNothingAtDev_andNothingOfItIsLoaded() throws Exception {
        Path log = folder.resolve("classes.log");
        try (ForkedService service = new ForkedService(folder, "-Xlog:class+load=info:file=" + log)) {
            service.issueToken();
            for (String path : List.of(
                    "/dev",
                    "/dev/clock",
                    "/dev/faults",
                    "/dev/tokens",
                    "/dev/requests",
                    "/dev/reset",
                    "/dev/openapi.json")) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(service.url() + path))
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(answer.headers().firstValue("X-Latchkey-Reason")).isEmpty();
            }
        }
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).anyMatch(line -> line.contains("dev.latchkey.server.LatchkeyServer "));
        assertThat(lines).noneMatch(line -> line.contains(" dev.latchkey.dev."));
    }
}
