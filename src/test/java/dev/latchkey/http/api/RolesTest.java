package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Role;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a caller with too low a role is refused, beside the table of roles itself. */
class RolesTest {
    private static final String PASSWORD = "a password of many words";

    private static final Map<String, ApiClient> TOKENS = new HashMap<>();

    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static ApiClient owner;

    @BeforeAll
    static void start() {
        service.key("fx");
        owner = ApiClient.owner(service);
        for (Role role : Role.values()) {
            String name = role.publicName();
            assertThat(addUser("the-" + name, name).statusCode()).isEqualTo(201);
            TOKENS.put(name, ApiClient.withScopes(service, "fx", "latchkey:" + name));
        }
    }

    /** What a role may not do it is told before anything else: nothing about the body, nothing about what is there. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            PATCH  | /api/keys/ack_unknown
            DELETE | /api/keys/ack_unknown
            POST   | /api/keys/ack_unknown/rotate
            POST   | /api/scopes
            DELETE | /api/scopes/unknown
            POST   | /api/users
            PATCH  | /api/users/unknown
            DELETE | /api/users/unknown
            POST   | /api/signing-keys/rotate
            """)
    void roleTooLow_isToldBeforeAnythingElse(String method, String path) {
        String body = method.equals("DELETE") ? "" : "{ no JSON";

        assertStatus(session("admin").send(method, path, body), 403);
        assertStatus(TOKENS.get("admin").send(method, path, body), 403);
    }

    @Test
    void everySignedInUser_maySignOut_andATokenHasNothingToSignOutOf() {
        for (Role role : Role.values()) {
            ApiClient person = ApiClient.signedIn(service, "the-" + role.publicName(), PASSWORD);
            assertStatus(person.delete("/api/session"), 204);
            assertStatus(person.get("/api/session"), 401);
            assertStatus(TOKENS.get(role.publicName()).delete("/api/session"), 404);
        }
        assertStatus(ApiClient.anonymous(service).delete("/api/session"), 401);
    }

    @Test
    void aTokenWithTooLowAScope_isToldWhichItNeeds() {
        HttpResponse<String> answer = TOKENS.get("developer").get("/api/audit");

        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"latchkey:admin\"");
    }

    private static final Map<String, ApiClient> SESSIONS = new HashMap<>();

    private static ApiClient session(String role) {
        return SESSIONS.computeIfAbsent(role, name -> ApiClient.signedIn(service, "the-" + name, PASSWORD));
    }

    private static HttpResponse<String> addUser(String name, String role) {
        return owner.post("/api/users", ApiClient.object("username", name, "password", PASSWORD, "role", role));
    }

    private static void assertStatus(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode())
                .as(answer.request().method() + " " + answer.uri() + " " + answer.body())
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        if (status >= 400) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(json(answer)).containsEntry("status", (long) status).containsKeys("type", "title", "detail");
        }
        if (status == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer");
        }
    }
}
