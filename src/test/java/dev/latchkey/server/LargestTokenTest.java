package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.fieldsAtFault;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan;
import dev.latchkey.accesskey.importing.Imported;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.TestService;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key's token is at most 8 KiB, and one of that size passes every endpoint. */
class LargestTokenTest {
    private static final int MAX_BYTES = 8 * 1024;

    @RegisterExtension
    private final TestService service = TestService.fresh();

    private String management;

    @BeforeEach
    void start() {
        IntStream.range(0, 20).forEach(i -> service.key(scope(i)));
        NewAccessKey owner = service.key("latchkey:owner");
        management = "Bearer " + accessToken(service.token(owner, ""));
    }

    @Test
    void theLargestKey_getsATokenOfNearly8KiB_thatPassesEveryEndpoint() {
        int fits = 0;
        int tooLarge = 4_000;
        while (tooLarge - fits > 1) {
            int middle = (fits + tooLarge) / 2;
            boolean created = create(middle).statusCode() == 201;
            fits = created ? middle : fits;
            tooLarge = created ? tooLarge : middle;
        }
        HttpResponse<String> refused = create(tooLarge);
        assertThat(fieldsAtFault(refused)).containsExactly("scopes");
        assertThat(refused.body()).contains("access token 819", "more than 8192");

        Map<String, Object> key = json(create(fits));
        String authorization = basic((String) key.get("id"), (String) key.get("secret"));
        String token = accessToken(service.token(authorization, "grant_type=client_credentials"));
        assertThat(token.length()).isBetween(MAX_BYTES - 3, MAX_BYTES);
        HttpResponse<String> verified = service.verify(token, "?scope=" + scope(0));
        assertThat(verified.statusCode()).isEqualTo(200);
        assertThat(verified.headers().firstValue("X-Latchkey-Scope").orElseThrow())
                .contains(scope(19));
        assertThat(service.send(service.request("/api/keys")
                                .header("Authorization", "Bearer " + token)
                                .GET())
                        .statusCode())
                .isEqualTo(403);
        assertThat(json(service.send(service.request("/connect/introspect")
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("token=" + token)))))
                .containsEntry("active", true);
    }

    @Test
    void aStoredKey_thatIsTooLarge_goesOn_andIsChangedOnlyToBeSmaller() throws SQLException {
        Map<String, Object> key = json(create(1_000));
        String id = (String) key.get("id");
        enlarge(id);

        String authorization = basic(id, (String) key.get("secret"));
        String token = accessToken(service.token(authorization, "grant_type=client_credentials"));
        assertThat(token.length()).isGreaterThan(MAX_BYTES);
        assertThat(fieldsAtFault(patch(id, "{\"description\":\"another\"}"))).containsExactly("claims");
        assertThat(patch(id, "{\"enabled\":false}").statusCode()).isEqualTo(200);
        assertThat(patch(id, "{\"enabled\":true}").statusCode()).isEqualTo(200);
        assertThat(patch(id, "{\"description\":\"another\",\"claims\":null}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void anImport_isHeldToIt_exceptForWhatDoesNotChange() throws SQLException {
        String id = (String) json(create(1_000)).get("id");
        enlarge(id);
        Map<String, Object> same = Map.of("keys", List.of(Map.of("id", id, "name", "large")));
        Map<String, Object> other = Map.of("keys", List.of(Map.of("id", id, "name", "another")));
        Map<String, Object> fresh = Map.of("keys", List.of(document("fresh", 4_000)));

        assertThat(plan(same).isEmpty()).isTrue();
        assertThatThrownBy(() -> plan(other)).hasMessageContaining("keys[0].claims would make");
        assertThatThrownBy(() -> plan(fresh))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("keys[0].claims would make");
    }

    private AccessKeyImportPlan plan(Map<String, Object> document) {
        return Imported.compare(
                service.services().imports(),
                Actor.operator("test"),
                document,
                new AccessKeyImport.Rules(false, false));
    }

    private HttpResponse<String> create(int claimBytes) {
        return api("POST", "/api/keys", JsonBinding.text(document("large", claimBytes)));
    }

    private HttpResponse<String> patch(String id, String body) {
        return api("PATCH", "/api/keys/" + id, body);
    }

    private HttpResponse<String> api(String method, String path, String body) {
        HttpRequest.Builder request =
                service.request(path).header("Authorization", management).header("Content-Type", "application/json");
        return service.send(request.method(method, BodyPublishers.ofString(body)));
    }

    /** With scopes that take some 4,000 bytes. */
    private static Map<String, Object> document(String name, int claimBytes) {
        List<String> scopes =
                IntStream.range(0, 20).mapToObj(LargestTokenTest::scope).toList();
        return Map.of("name", name, "scopes", scopes, "claims", Map.of("pad", "x".repeat(claimBytes)));
    }

    private static String scope(int i) {
        return "s" + i + "-" + "x".repeat(190);
    }

    /** As a version without the limit may have stored it. */
    private void enlarge(String id) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + service.db());
                PreparedStatement update =
                        connection.prepareStatement("UPDATE access_keys SET claims = ? WHERE id = ?")) {
            update.setString(1, "{\"pad\":\"" + "x".repeat(4_000) + "\"}");
            update.setString(2, id);
            update.executeUpdate();
        }
    }
}
