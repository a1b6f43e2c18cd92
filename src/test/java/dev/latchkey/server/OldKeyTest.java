package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that was stored when the rules were other ones goes on: it gets tokens, is shown, and can be changed. */
class OldKeyTest {
    @TempDir
    Path folder;

    @Test
    void storedKey_thatBreaksEveryRuleOfToday_getsTokens_isShown_andCanBeEdited() throws Exception {
        try (TestService service = TestService.start(folder)) {
            NewAccessKey key = service.key("fx");
            String longScope = "s".repeat(300);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + service.db());
                    PreparedStatement scope =
                            connection.prepareStatement("INSERT INTO scopes VALUES (?, '', 0, 'an older Latchkey')");
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE access_keys SET name = ?, description = ?, scopes = ?, token_lifetime = 5,"
                                    + " audience = ?, claims = ? WHERE id = ?")) {
                scope.setString(1, longScope);
                scope.executeUpdate();
                update.setString(1, "n".repeat(201));
                update.setString(2, "d".repeat(1001));
                update.setString(3, "fx " + longScope);
                update.setString(4, "a".repeat(501));
                update.setString(5, "{\"act\":{\"sub\":\"x\"}}");
                update.setString(6, key.key().id());
                assertThat(update.executeUpdate()).isEqualTo(1);
            }

            var token = service.token(key, "");
            assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
            assertThat(token.body()).contains("\"expires_in\":5").contains(longScope);
            ApiClient owner = ApiClient.withScopes(service, "latchkey:owner");
            assertThat(owner.get("/api/keys/" + key.key().id()).body()).contains("n".repeat(201));
            assertThat(owner.get("/api/keys").body()).contains("n".repeat(201));
            var edited = owner.patch(
                    "/api/keys/" + key.key().id(), "{\"enabled\":true,\"expires_at\":\"2030-01-01T00:00:00Z\"}");
            assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
            var refused = owner.patch("/api/keys/" + key.key().id(), "{\"description\":\"" + "e".repeat(1001) + "\"}");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(service.token(key, "").statusCode()).isEqualTo(200);
        }
    }
}
