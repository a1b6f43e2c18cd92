package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.fieldsAtFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies and bodies that may hold a session, or not. */
class SessionInputTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh();

    @ParameterizedTest
    @ValueSource(strings = {"NAME=", "NAME=x", "NAME", "other=1", ";;;=", "NAME=\"a b\"", "é=ü"})
    void cookiesThatAreNoSession_areNobody(String cookie) {
        HttpResponse<String> answer = ApiClient.withCookie(
                        service, cookie.replace("NAME", "latchkey_session_" + service.port()))
                .get("/api/session");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"latchkey\"");
    }

    @Test
    void theSessionIsFoundAmongOtherCookies() {
        String cookie = ApiClient.cookie(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD));

        ApiClient owner = ApiClient.withCookie(service, "a=b; x_latchkey_session=1; " + cookie + "; c=\"d\"");

        assertThat(owner.get("/api/session").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"username\":1,\"password\":2}", "{\"username\":null,\"password\":null}"})
    void signIn_withoutNameAndPassword_is422_andNamesBoth(String body) {
        HttpResponse<String> answer = ApiClient.anonymous(service)
                .with("Sec-Fetch-Site", "same-origin")
                .post("/api/session", body);

        assertThat(fieldsAtFault(answer)).containsExactly("username", "password");
    }

    @Test
    void signIn_bodiesOfMoreThanFourKiB_are413_andOfManyValues400() {
        ApiClient page = ApiClient.anonymous(service).with("Sec-Fetch-Site", "same-origin");
        String start = "{\"username\":\"owner\",\"password\":\"";

        assertThat(page.post("/api/session", start + "x".repeat(4096 - start.length() - 2) + "\"}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(page.post("/api/session", start + "x".repeat(4097 - start.length() - 2) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(page.post("/api/session", "{\"a\":[" + "[],".repeat(1000) + "1]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void signIn_longestPassword_escapedThroughout_isRead() {
        String password = "\\uD83D\\uDD11".repeat(256);

        HttpResponse<String> answer = ApiClient.anonymous(service)
                .with("Sec-Fetch-Site", "same-origin")
                .post("/api/session", "{\"username\":\"owner\",\"password\":\"" + password + "\"}");

        assertThat(answer.statusCode()).isEqualTo(401);
    }
}
