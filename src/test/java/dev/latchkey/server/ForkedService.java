package dev.latchkey.server;

import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Main;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.Answers;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
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
    private final NewAccessKey owner;
    private final Process process;
    private final List<String> printed = new ArrayList<>();
    private final String url;

    /** Starts it with these options of the JVM; its store is in the folder. */
    ForkedService(Path folder, String... jvmOptions) throws IOException {
        String db = folder.resolve("forked.db").toString();
        try (Services services = Services.open(db, true, Clock.systemUTC())) {
            key = create(services, "first", "fx");
            owner = create(services, "owner", ScopeSet.reservedFor(Role.OWNER));
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

    private static NewAccessKey create(Services services, String name, String scope) {
        return services.accessKeys()
                .create(Actor.operator("test"), AccessKeySettings.named(name, ScopeSet.of(List.of(scope))), true);
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
        return credentials(key);
    }

    private static String credentials(NewAccessKey of) {
        return basic(of.key().id(), of.secret().reveal());
    }

    /** Asks for a token, and gets one. */
    void issueToken() {
        var unused = token(key);
    }

    /** A token of an Owner, to call the management API with. */
    String ownersToken() {
        return String.valueOf(Answers.json(token(owner)).get("access_token"));
    }

    private String token(NewAccessKey of) {
        return post("/connect/token", credentials(of), "x-www-form-urlencoded", "grant_type=client_credentials");
    }

    /** Asks for something by JSON, as who has this token, and gets it. */
    void call(String path, String token, String json) {
        var unused = post(path, "Bearer " + token, "json", json);
    }

    private String post(String path, String authorization, String mediaType, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/" + mediaType)
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer =
                client.sendAsync(request, BodyHandlers.ofString()).join();
        assertThat(answer.statusCode()).isBetween(200, 201);
        return answer.body();
    }

    /** Ends it, and returns when it has ended. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
    }
}
