package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.sql.SqlStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords in a service as it is deployed: hashed by Argon2, the first Owner's and any other. */
class PasswordsTest {
    private static final String OWNERS = "correct horse battery";
    private static final String ANNS = "a password of many words";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void people_signInByTheirOwn_whichTheStoreHoldsAsArgon2() throws Exception {
        String db = folder.resolve("test.db").toString();
        ServeSettings settings = ServeSettings.read(
                Map.of(ServeFlag.PORT, "0", ServeFlag.DB, db), Map.of(ServeSettings.OWNER_PASSWORD_VARIABLE, OWNERS));
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
        try (LatchkeyServer server = LatchkeyServer.start(settings, clock, nowhere, () -> {})) {
            assertThat(signIn(server, "owner", ANNS).statusCode()).isEqualTo(401);
            HttpResponse<String> owner = signIn(server, "owner", OWNERS);
            assertThat(owner.statusCode()).isEqualTo(200);

            Map<String, Object> ann = Map.of("username", "ann", "password", ANNS, "role", "admin");
            String cookie = owner.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(post(server, "/api/users", ann, cookie).statusCode()).isEqualTo(201);
            assertThat(signIn(server, "ann", OWNERS).statusCode()).isEqualTo(401);
            assertThat(signIn(server, "ann", ANNS).statusCode()).isEqualTo(200);
        }

        try (SqlStore store = SqlStore.open(db, SqlStore.Mode.EXISTING)) {
            assertThat(store.users().all())
                    .hasSize(2)
                    .allSatisfy(user -> assertThat(user.passwordHash()).startsWith("$argon2id$v=19$m=7168,t=5,p=1$"));
        }
    }

    private HttpResponse<String> signIn(LatchkeyServer server, String name, String password) throws Exception {
        return post(server, "/api/session", Map.of("username", name, "password", password), "");
    }

    private HttpResponse<String> post(LatchkeyServer server, String path, Map<String, Object> body, String cookie)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Cookie", cookie)
                .POST(BodyPublishers.ofString(JsonBinding.text(body)))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
