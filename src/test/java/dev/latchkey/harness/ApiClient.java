package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.scope.ScopeSet;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls the management API without credentials, as a signed-in person's browser, or as a program with a token. */
public final class ApiClient {
    private final TestService service;
    private final Map<String, String> headers;

    private ApiClient(TestService service, Map<String, String> headers) {
        this.service = service;
        this.headers = headers;
    }

    public static ApiClient anonymous(TestService service) {
        return new ApiClient(service, Map.of());
    }

    public static ApiClient owner(TestService service) {
        return signedIn(service, "owner", TestService.OWNER_PASSWORD);
    }

    /** A browser in which this person has signed in. */
    public static ApiClient signedIn(TestService service, String username, String password) {
        HttpResponse<String> answer = signIn(service, username, password);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return withCookie(service, cookie(answer));
    }

    public static ApiClient withCookie(TestService service, String cookie) {
        return anonymous(service).with("Cookie", cookie).with("Sec-Fetch-Site", "same-origin");
    }

    /** A program with a token of a new key that has these scopes. */
    public static ApiClient withScopes(TestService service, String... scopes) {
        NewAccessKey key = service.key(AccessKeySettings.named("for a token", ScopeSet.of(List.of(scopes))));
        return withToken(service, Answers.accessToken(service.token(key, "")));
    }

    public static ApiClient withToken(TestService service, String token) {
        return anonymous(service).with("Authorization", "Bearer " + token);
    }

    public static HttpResponse<String> signIn(TestService service, String username, String password) {
        return anonymous(service)
                .with("Sec-Fetch-Site", "same-origin")
                .post("/api/session", object("username", username, "password", password));
    }

    /** The name and value of the one cookie that an answer sets. */
    public static String cookie(HttpResponse<String> answer) {
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(1);
        return cookies.get(0).substring(0, cookies.get(0).indexOf(';'));
    }

    /** The same caller with another header, or the same header with another value; an empty one takes it away. */
    public ApiClient with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        changed.values().removeIf(String::isEmpty);
        return new ApiClient(service, changed);
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    public HttpResponse<String> post(String path, String json) {
        return send("POST", path, json);
    }

    public HttpResponse<String> patch(String path, String json) {
        return send("PATCH", path, json);
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, "");
    }

    /** Any call; an empty body is none at all. */
    public HttpResponse<String> send(String method, String path, String json) {
        HttpRequest.Builder request = service.request(path);
        headers.forEach(request::setHeader);
        if (!json.isEmpty() && !headers.containsKey("Content-Type")) {
            request.setHeader("Content-Type", "application/json");
        }
        return service.send(
                request.method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    /** A JSON object of texts: name, value, name, value … */
    public static String object(String... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return JsonBinding.text(object);
    }

    /** One segment of a path, percent-encoded as browsers do. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
