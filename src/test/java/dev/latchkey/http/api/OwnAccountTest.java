package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.asObject;
import static dev.latchkey.harness.Answers.data;
import static dev.latchkey.harness.Answers.fieldsAtFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users do with their own password and sessions, in whatever role. */
class OwnAccountTest {
    private static final String OLD = "a password of many words";
    private static final String NEW = "another password of words";
    private static final String PASSWORD = "/api/session/password";
    private static final String OTHERS = "/api/session/others";

    @RegisterExtension
    private final TestService service = TestService.fresh();

    @Test
    void everyRole_changesItsOwnPassword_whichEndsItsOtherSessions_andIsAudited() {
        for (Role role : Role.values()) {
            String name = "the-" + role.publicName();
            ApiClient here = newUser(name, role);
            ApiClient elsewhere = ApiClient.signedIn(service, name, OLD);

            assertThat(here.send("PUT", PASSWORD, passwords(OLD, NEW)).statusCode())
                    .isEqualTo(204);

            assertThat(here.get("/api/session").statusCode()).isEqualTo(200);
            assertThat(elsewhere.get("/api/session").statusCode()).isEqualTo(401);
            assertThat(ApiClient.signIn(service, name, OLD).statusCode()).isEqualTo(401);
            assertThat(ApiClient.signIn(service, name, NEW).statusCode()).isEqualTo(200);
            assertThat(audited("user.password")).first().satisfies(event -> {
                assertThat(event).containsEntry("subject", name);
                assertThat(asObject(event.get("actor"))).containsEntry("name", name);
            });
        }
    }

    @Test
    void changePassword_wrongCurrentOne_names_it_isAudited_andCountsAsAFailedSignIn() {
        ApiClient ann = newUser("ann", Role.DEVELOPER);
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> answer = ann.send("PUT", PASSWORD, passwords("a wrong password", NEW));
            assertThat(fieldsAtFault(answer)).containsExactly("current");
            service.clock().advance(Duration.ofSeconds(1));
        }

        assertThat(audited("session.refuse")).hasSize(10);
        HttpResponse<String> throttled = ann.send("PUT", PASSWORD, passwords(OLD, NEW));
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("290");
        assertThat(ApiClient.signIn(service, "ann", OLD).statusCode()).isEqualTo(429);
        assertThat(ann.get("/api/session").statusCode()).isEqualTo(200);
    }

    @Test
    void changePassword_toAShortOne_namesIt_andChangesNothing() {
        ApiClient ann = newUser("ann", Role.DEVELOPER);

        assertThat(fieldsAtFault(ann.send("PUT", PASSWORD, passwords(OLD, "short"))))
                .containsExactly("password");
        assertThat(fieldsAtFault(ann.send("PUT", PASSWORD, "{}"))).containsExactly("current", "password");
        assertThat(ApiClient.signIn(service, "ann", OLD).statusCode()).isEqualTo(200);
    }

    @Test
    void others_areTheUsersOwnSessionsElsewhere_andEndTogether() {
        ApiClient here = newUser("ann", Role.DEVELOPER);
        service.clock().advance(Duration.ofMinutes(5));
        ApiClient elsewhere = ApiClient.signedIn(service, "ann", OLD);
        ApiClient bob = newUser("bob", Role.DEVELOPER);

        assertThat(others(here))
                .containsExactly(Map.of(
                        "created_at", "2026-03-01T12:05:00Z",
                        "last_used_at", "2026-03-01T12:05:00Z",
                        "expires_at", "2026-03-01T13:05:00Z",
                        "address", "127.0.0.1"));
        assertThat(here.delete(OTHERS).statusCode()).isEqualTo(204);

        assertThat(elsewhere.get("/api/session").statusCode()).isEqualTo(401);
        assertThat(others(here)).isEmpty();
        assertThat(here.delete(OTHERS).statusCode()).isEqualTo(204);
        assertThat(bob.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(audited("session.end")).hasSize(1);
    }

    @Test
    void others_thatAreOver_areNotListed() {
        ApiClient here = newUser("ann", Role.DEVELOPER);
        ApiClient.signedIn(service, "ann", OLD);
        service.clock().advance(Duration.ofMinutes(59));
        here.get("/api/session");
        service.clock().advance(Duration.ofMinutes(1));

        assertThat(others(here)).isEmpty();
    }

    @Test
    void aToken_hasNoPassword_andNoSessions_andACallerWithoutCredentialsIsNotHeard() {
        ApiClient token = ApiClient.withScopes(service, "latchkey:owner");
        ApiClient none = ApiClient.anonymous(service);

        for (String call : List.of("PUT " + PASSWORD, "GET " + OTHERS, "DELETE " + OTHERS)) {
            String[] parts = call.split(" ", 2);
            String body = parts[0].equals("PUT") ? passwords(OLD, NEW) : "";
            assertThat(token.send(parts[0], parts[1], body).statusCode())
                    .as(call)
                    .isEqualTo(404);
            assertThat(none.send(parts[0], parts[1], body).statusCode())
                    .as(call)
                    .isEqualTo(401);
        }
    }

    @Test
    void changes_fromAnotherSite_areRefused() {
        ApiClient ann = newUser("ann", Role.DEVELOPER).with("Sec-Fetch-Site", "cross-site");

        assertThat(ann.send("PUT", PASSWORD, passwords(OLD, NEW)).statusCode()).isEqualTo(403);
        assertThat(ann.delete(OTHERS).statusCode()).isEqualTo(403);
    }

    private ApiClient newUser(String name, Role role) {
        service.services().users().add(Actor.operator("test"), name, role, OLD);
        return ApiClient.signedIn(service, name, OLD);
    }

    private static String passwords(String current, String password) {
        return ApiClient.object("current", current, "password", password);
    }

    private static List<Map<String, Object>> others(ApiClient caller) {
        return data(caller.get(OTHERS));
    }

    private List<Map<String, Object>> audited(String action) {
        return data(ApiClient.owner(service).get("/api/audit?action=" + action));
    }
}
