package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.data;
import static dev.latchkey.harness.Answers.fieldsAtFault;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The people who may sign in, over HTTP. */
class UsersTest {
    private static final String PASSWORD = "a password of many words";
    private static final String OTHER = "another password of words";

    @RegisterExtension
    private final TestService service = TestService.fresh();

    private ApiClient owner;

    @BeforeEach
    void start() {
        owner = ApiClient.owner(service);
    }

    @Test
    void add_thenList_neverShowsAPasswordOrItsHash() {
        HttpResponse<String> added = add("ann@example.com", "admin");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(added.body())
                .isEqualTo("{\"username\":\"ann@example.com\",\"role\":\"admin\","
                        + "\"created_at\":\"2026-03-01T12:00:00Z\"}");
        HttpResponse<String> list = owner.get("/api/users");
        assertThat(data(list)).extracting(user -> user.get("username")).containsExactly("ann@example.com", "owner");
        assertThat(data(list)).allSatisfy(user -> assertThat(user).containsOnlyKeys("username", "role", "created_at"));
        assertThat(add("ann@example.com", "admin").statusCode()).isEqualTo(409);
        assertThat(owner.get("/api/audit").body()).doesNotContain("argon2").doesNotContain(PASSWORD);
    }

    @Test
    void aPassword_mayBeTwelveCharactersOfAnyKind() {
        String password = "\uD83D\uDD11 é日本 123456";
        String body = ApiClient.object("username", "ann", "password", password, "role", "developer");

        assertThat(owner.post("/api/users", body).statusCode()).isEqualTo(201);
        assertThat(ApiClient.signIn(service, "ann", password).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherPassword_endsThatUsersSessions() {
        add("ann", "developer");
        ApiClient ann = ApiClient.signedIn(service, "ann", PASSWORD);

        HttpResponse<String> answer = owner.patch("/api/users/ann", ApiClient.object("password", OTHER));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).containsEntry("role", "developer").containsOnlyKeys("username", "role", "created_at");
        assertThat(ann.get("/api/session").statusCode()).isEqualTo(401);
        assertThat(ApiClient.signIn(service, "ann", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(ApiClient.signIn(service, "ann", OTHER).statusCode()).isEqualTo(200);
    }

    @Test
    void onesOwnOtherPassword_endsOnesOtherSessions_andKeepsThisOne() {
        ApiClient elsewhere = ApiClient.owner(service);

        assertThat(owner.patch("/api/users/owner", ApiClient.object("password", OTHER))
                        .statusCode())
                .isEqualTo(200);

        assertThat(owner.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get("/api/session").statusCode()).isEqualTo(401);
    }

    @Test
    void roleAndPassword_changeTogetherOrNotAtAll() {
        add("ann", "developer");

        assertThat(fieldsAtFault(owner.patch("/api/users/ann", ApiClient.object("role", "owner", "password", "short"))))
                .containsExactly("password");
        assertThat(role("ann")).isEqualTo("developer");
        assertThat(owner.patch("/api/users/owner", ApiClient.object("role", "admin", "password", OTHER))
                        .statusCode())
                .isEqualTo(409);
        assertThat(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD)
                        .statusCode())
                .isEqualTo(200);
        assertThat(owner.patch("/api/users/ann", ApiClient.object("role", "owner", "password", OTHER))
                        .statusCode())
                .isEqualTo(200);
        assertThat(ApiClient.signedIn(service, "ann", OTHER).get("/api/users").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theLastOwnerStays_anOwner() {
        ApiClient program = ApiClient.withScopes(service, "latchkey:owner");
        for (ApiClient caller : List.of(owner, program)) {
            assertThat(caller.patch("/api/users/owner", "{\"role\":\"admin\"}").statusCode())
                    .isEqualTo(409);
            assertThat(caller.delete("/api/users/owner").statusCode()).isEqualTo(409);
        }

        add("ann", "owner");
        assertThat(owner.delete("/api/users/owner").statusCode()).isEqualTo(204);
        assertThat(owner.get("/api/session").statusCode()).isEqualTo(401);
        assertThat(program.delete("/api/users/ann").statusCode()).isEqualTo(409);
    }

    private HttpResponse<String> add(String name, String role) {
        return owner.post("/api/users", ApiClient.object("username", name, "password", PASSWORD, "role", role));
    }

    private Object role(String name) {
        return data(owner.get("/api/users")).stream()
                .filter(user -> name.equals(user.get("username")))
                .map(user -> user.get("role"))
                .findFirst()
                .orElseThrow();
    }
}
