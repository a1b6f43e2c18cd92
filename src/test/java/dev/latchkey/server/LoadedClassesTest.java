package dev.latchkey.server;

import static dev.latchkey.testing.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Main;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.ScopeSet;
import dev.latchkey.permission.Actor;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start and a first token load: libraries that neither needs would make both slower. */
class LoadedClassesTest {
    private static final Pattern READY = Pattern.compile("is ready on (\\S+)");

    @TempDir
    Path folder;

    @Test
    void aStartAndAFirstToken_loadNothingOfJjwt() throws Exception {
        String db = folder.resolve("classes.db").toString();
        NewAccessKey key;
        try (Services services = Services.open(db, true, Clock.systemUTC())) {
            key = services.accessKeys()
                    .create(Actor.operator("test"), AccessKeySettings.named("first", ScopeSet.of(List.of("fx"))), true);
        }
        Path log = folder.resolve("classes.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load=info:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--db",
                        db)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            Matcher ready = READY.matcher(String.valueOf(out.readLine()));
            assertThat(ready.find()).isTrue();
            HttpResponse<String> token = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(ready.group(1) + "/connect/token"))
                                    .header(
                                            "Authorization",
                                            basic(key.key().id(), key.secret().reveal()))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(token.statusCode()).isEqualTo(200);
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(loaded(log)).contains("dev.latchkey.token.TokenIssuer");
        assertThat(loaded(log))
                .filteredOn(name -> name.startsWith("io.jsonwebtoken"))
                .isEmpty();
    }

    private static List<String> loaded(Path log) throws Exception {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.replaceAll("^(\\[[^]]*])+ ", "").split(" ", 2)[0])
                    .toList();
        }
    }
}
