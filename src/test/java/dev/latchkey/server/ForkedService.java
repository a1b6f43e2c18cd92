package dev.latchkey.server;

import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Main;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code serve} in a JVM of its own, with one key, for tests that look at that JVM. */
final class ForkedService implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("is ready on (\\S+)");
    private static final long BOUND_SECONDS = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private final NewAccessKey key;
    private final Process process;
    private final List<String> printed = new ArrayList<>();
    private final String url;

    /** Starts it with these options of the JVM; its store is in the folder. */
    ForkedService(Path folder, String... jvmOptions) throws IOException {
        String db = folder.resolve("forked.db").toString();
        try (Services services = Services.open(db, true, Clock.systemUTC())) {
            key = services.accessKeys()
                    .create(Actor.operator("test"), AccessKeySettings.named("first", ScopeSet.of(List.of("fx"))), true);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("serve", "--port", "0", "--db", db));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = process.inputReader();
        Matcher ready = READY.matcher("");
        while (!ready.find()) {
            String line = out.readLine();
            assertThat(line).as("printed before it is ready").isNotNull();
            printed.add(line);
            ready.reset(line);
        }
        url = ready.group(1);
    }

    /** The lines that were printed until it was ready. */
    List<String> printed() {
        return printed;
    }

    String url() {
        return url;
    }

    /** The Authorization header of its key. */
    String credentials() {
        return basic(key.key().id(), key.secret().reveal());
    }

    /** Asks for a token, and gets one. */
    void issueToken() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/connect/token"))
                .header("Authorization", credentials())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        HttpResponse<String> answer =
                client.sendAsync(request, BodyHandlers.ofString()).join();
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    /** Ends it, and returns when it has ended. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
    }
}
