package dev.latchkey.http;

import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Requests for tokens of one key, and the form of a refusal. */
final class TokenRequests {
    static final String FORM = "application/x-www-form-urlencoded";
    static final String GRANT = "grant_type=client_credentials";

    private final TestService service;
    private final NewAccessKey key;

    TokenRequests(TestService service) {
        this.service = service;
        this.key = service.key("fx", "gateway", "vault");
    }

    NewAccessKey key() {
        return key;
    }

    String authorization() {
        return basic(key.key().id(), key.secret().reveal());
    }

    String bodyCredentials() {
        return "&client_id=" + key.key().id() + "&client_secret=" + key.secret().reveal();
    }

    HttpResponse<String> post(@Nullable String authorization, String form) {
        HttpRequest.Builder request = service.request("/connect/token").header("Content-Type", FORM);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return service.send(request.POST(BodyPublishers.ofString(form)));
    }

    static void assertError(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(answer)).containsOnlyKeys("error", "error_description").containsEntry("error", error);
    }
}
