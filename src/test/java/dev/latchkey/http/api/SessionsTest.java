package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signing in and out, and how long that lasts. */
class SessionsTest {
    private static final String PASSWORD = "a password of many words";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    private final TestService service = TestService.fresh();

    @Test
    void signIn_saysWhoItIs_asWhoAmIDoes() {
        HttpResponse<String> answer = ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"username\":\"owner\",\"role\":\"owner\",\"kind\":\"user\","
                        + "\"expires_at\":\"2026-03-01T13:00:00Z\"}");
        ApiClient owner = ApiClient.withCookie(service, ApiClient.cookie(answer));
        assertThat(owner.get("/api/session").body()).isEqualTo(answer.body());
    }

    @Test
    void cookie_onHttp_isForThisHostAndForNoScriptAndNoOtherSite() {
        String cookie = setCookie(service);

        assertThat(cookie)
                .matches(
                        "latchkey_session_" + service.port() + "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    }

    @Test
    void cookie_onHttps_isSecureToo_andItsNameMakesTheBrowserHoldToThat() {
        try (TestService https = service.again(Map.of(ServeFlag.ISSUER, "https://id.example/tenant"))) {
            assertThat(setCookie(https))
                    .matches("__Host-latchkey_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
            assertThat(ApiClient.owner(https).get("/api/session").statusCode()).isEqualTo(200);
            assertThat(ApiClient.owner(https).get("/tenant/api/session").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void signOut_endsTheSession_andClearsTheCookie() {
        ApiClient owner = ApiClient.owner(service);

        HttpResponse<String> answer = owner.delete("/api/session");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .containsExactly(
                        "latchkey_session_" + service.port() + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
        assertThat(owner.get("/api/session").statusCode()).isEqualTo(401);
    }

    @Test
    void signingInAgain_endsTheSessionThatTheBrowserHad() {
        ApiClient before = ApiClient.owner(service);
        String body = ApiClient.object("username", "owner", "password", TestService.OWNER_PASSWORD);

        HttpResponse<String> answer = before.post("/api/session", body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(before.get("/api/session").statusCode()).isEqualTo(401);
        ApiClient after = ApiClient.withCookie(service, ApiClient.cookie(answer));
        assertThat(after.get("/api/session").statusCode()).isEqualTo(200);
    }

    @Test
    void unknownName_andWrongPassword_getTheSameAnswer() {
        HttpResponse<String> unknown = ApiClient.signIn(service, "nobody", PASSWORD);
        HttpResponse<String> wrong = ApiClient.signIn(service, "owner", PASSWORD);

        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body());
        assertThat(wrong.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void aSession_isOverAfterOneIdleHour_andNotASecondBefore() {
        ApiClient owner = ApiClient.owner(service);

        service.clock().advance(Duration.ofHours(1).minus(SECOND));
        assertThat(json(owner.get("/api/session"))).containsEntry("expires_at", "2026-03-01T13:59:59Z");

        service.clock().advance(Duration.ofHours(1));
        assertThat(owner.get("/api/session").statusCode()).isEqualTo(401);
    }

    @Test
    void aSession_isOverAfterTwelveHours_howeverBusy() {
        ApiClient owner = ApiClient.owner(service);
        for (int i = 0; i < 23; i++) {
            service.clock().advance(Duration.ofMinutes(30));
            assertThat(owner.get("/api/session").statusCode()).isEqualTo(200);
        }

        service.clock().advance(Duration.ofMinutes(30).minus(SECOND));
        assertThat(json(owner.get("/api/session"))).containsEntry("expires_at", "2026-03-02T00:00:00Z");
        service.clock().advance(SECOND);
        assertThat(owner.get("/api/session").statusCode()).isEqualTo(401);
    }

    @Test
    void aSession_outlivesARestart_andHoldsOnEveryReplica() {
        String cookie = ApiClient.cookie(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD));

        try (TestService replica = service.again()) {
            String port = "_" + service.port() + "=";
            ApiClient there = ApiClient.withCookie(replica, cookie.replace(port, "_" + replica.port() + "="));
            assertThat(there.get("/api/session").statusCode()).isEqualTo(200);
            assertThat(there.delete("/api/session").statusCode()).isEqualTo(204);
        }
        assertThat(ApiClient.withCookie(service, cookie).get("/api/session").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aDemotedPersonsSession_narrowsAtOnce_andARemovedOnesEnds() {
        ApiClient owner = ApiClient.owner(service);
        addUser(owner, "ann", "owner");
        ApiClient ann = ApiClient.signedIn(service, "ann", PASSWORD);
        assertThat(ann.get("/api/users").statusCode()).isEqualTo(200);

        owner.patch("/api/users/ann", "{\"role\":\"developer\"}");
        assertThat(ann.get("/api/users").statusCode()).isEqualTo(403);
        assertThat(json(ann.get("/api/session"))).containsEntry("role", "developer");

        owner.delete("/api/users/ann");
        assertThat(ann.get("/api/session").statusCode()).isEqualTo(401);
        addUser(owner, "ann", "owner");
        assertThat(ann.get("/api/session").statusCode()).isEqualTo(401);
    }

    @Test
    void tenFailures_are429_untilTheFirstIsFiveMinutesOld_alsoWithTheRightPassword() {
        for (int i = 0; i < 10; i++) {
            assertThat(ApiClient.signIn(service, "owner", PASSWORD).statusCode())
                    .as("failure %d", i)
                    .isEqualTo(401);
            service.clock().advance(SECOND);
        }

        HttpResponse<String> answer = ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("290");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");

        service.clock().advance(Duration.ofSeconds(289));
        assertThat(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD)
                        .statusCode())
                .isEqualTo(429);
        service.clock().advance(SECOND);
        assertThat(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD)
                        .statusCode())
                .isEqualTo(200);
    }

    /** Otherwise any client could claim to be at another address with each try. */
    @Test
    void throttling_looksAtTheConnection_notAtWhatAHeaderClaims() {
        String body = ApiClient.object("username", "owner", "password", PASSWORD);
        ApiClient caller = ApiClient.anonymous(service).with("Sec-Fetch-Site", "same-origin");
        HttpResponse<String> answer = caller.post("/api/session", body);
        for (int i = 0; i < 10; i++) {
            answer = caller.with("X-Forwarded-For", "10.0.0." + i)
                    .with("Forwarded", "for=10.0.0." + i)
                    .post("/api/session", body);
        }

        assertThat(answer.statusCode()).isEqualTo(429);
    }

    private static String setCookie(TestService service) {
        List<String> cookies = ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD)
                .headers()
                .allValues("Set-Cookie");
        assertThat(cookies).hasSize(1);
        return cookies.get(0);
    }

    private static void addUser(ApiClient owner, String name, String role) {
        String body = ApiClient.object("username", name, "password", PASSWORD, "role", role);
        assertThat(owner.post("/api/users", body).statusCode()).isEqualTo(201);
    }
}
