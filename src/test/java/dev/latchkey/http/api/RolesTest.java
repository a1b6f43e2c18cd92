package dev.latchkey.http.api;

import static dev.latchkey.testing.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.testing.ApiClient;
import dev.latchkey.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what: the contract's table of roles, held against every endpoint, by session and by token. */
class RolesTest {
    private static final String PASSWORD = "a password of many words";

    @TempDir
    static Path folder;

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Map<String, ApiClient> TOKENS = new HashMap<>();
    private static TestService service;
    private static ApiClient owner;

    @BeforeAll
    static void start() {
        service = TestService.start(folder);
        service.key("fx");
        owner = ApiClient.owner(service);
        for (Role role : Role.values()) {
            String name = role.publicName();
            assertThat(addUser("the-" + name, name).statusCode()).isEqualTo(201);
            TOKENS.put(name, ApiClient.withScopes(service, "fx", "latchkey:" + name));
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # call   |                     | nobody | developer | admin | owner | with
            GET      | /api/session        | 401    | 200       | 200   | 200   |
            GET      | /api/keys           | 401    | 200       | 200   | 200   |
            GET      | /api/keys/KEY       | 401    | 200       | 200   | 200   |
            POST     | /api/keys           | 401    | 201       | 201   | 201   | {"name":"n","scopes":["fx"]}
            PATCH    | /api/keys/KEY       | 401    | 403       | 403   | 200   | {"description":"d"}
            PATCH    | /api/keys/KEY       | 401    | 403       | 403   | 200   | {"enabled":false}
            DELETE   | /api/keys/KEY       | 401    | 403       | 403   | 204   |
            POST     | /api/keys/KEY/rotate| 401    | 403       | 403   | 200   | {"grace":"1h"}
            POST     | /api/keys/KEY/rotate| 401    | 403       | 403   | 200   |
            GET      | /api/scopes         | 401    | 200       | 200   | 200   |
            POST     | /api/scopes         | 401    | 403       | 403   | 201   | {"name":"FRESH"}
            DELETE   | /api/scopes/SCOPE   | 401    | 403       | 403   | 204   |
            GET      | /api/users          | 401    | 403       | 200   | 200   |
            POST     | /api/users          | 401    | 403       | 403   | 201   | {"username":"FRESH","password":"twelve chars and more","role":"developer"}
            PATCH    | /api/users/USER     | 401    | 403       | 403   | 200   | {"role":"admin"}
            DELETE   | /api/users/USER     | 401    | 403       | 403   | 204   |
            GET      | /api/signing-keys   | 401    | 403       | 403   | 200   |
            POST     | /api/signing-keys/rotate | 401 | 403     | 403   | 200   | {"now":true}
            GET      | /api/audit          | 401    | 403       | 200   | 200   |
            """)
    void table(String method, String path, int nobody, int developer, int admin, int ownerStatus, String body) {
        Map<String, Integer> expected = Map.of("developer", developer, "admin", admin, "owner", ownerStatus);

        assertStatus(call(ApiClient.nobody(service), method, path, body), nobody);
        expected.forEach((role, status) -> {
            assertStatus(call(session(role), method, path, body), status);
            assertStatus(call(TOKENS.get(role), method, path, body), status);
        });
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
    void everybodySignedIn_maySignOut_andATokenHasNothingToSignOutOf() {
        for (Role role : Role.values()) {
            ApiClient person = ApiClient.signedIn(service, "the-" + role.publicName(), PASSWORD);
            assertStatus(person.delete("/api/session"), 204);
            assertStatus(person.get("/api/session"), 401);
            assertStatus(TOKENS.get(role.publicName()).delete("/api/session"), 404);
        }
        assertStatus(ApiClient.nobody(service).delete("/api/session"), 401);
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

    /** Each call acts on things of its own, made for it. */
    private static HttpResponse<String> call(ApiClient caller, String method, String path, String body) {
        String fresh = "fresh-" + COUNTER.incrementAndGet();
        String there = path;
        if (path.contains("KEY")) {
            there = path.replace("KEY", service.key("fx").key().id());
        } else if (path.contains("SCOPE")) {
            service.services().scopes().add(Actor.operator("test"), List.of(fresh), "");
            there = path.replace("SCOPE", fresh);
        } else if (path.contains("USER")) {
            assertThat(addUser(fresh, "developer").statusCode()).isEqualTo(201);
            there = path.replace("USER", fresh);
        }
        return caller.send(method, there, body == null ? "" : body.replace("FRESH", fresh));
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
