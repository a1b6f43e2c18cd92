package dev.latchkey.attack;

import dev.latchkey.harness.TestService;

/** Requests as text, of the keys that {@link PackagedService} is seeded with. */
final class Requests {
    /** A key that may have the scope fx. */
    static final String CLIENT = "client";

    /** A key whose tokens may call the API as a Developer. */
    static final String DEVELOPER = "developer";

    /** A key whose tokens may call the API as an Owner. */
    static final String OWNER = "owner";

    /** What a browser says of a page of the service itself. */
    static final String SAME_ORIGIN = "Sec-Fetch-Site: same-origin\r\n";

    private static final String SECRET = "a-secret-of-more-than-32-characters";
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

    private Requests() {}

    /** What the service is seeded with. */
    static String seed() {
        return "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[" + seeded(CLIENT, "fx") + ","
                + seeded(DEVELOPER, "latchkey:developer") + "," + seeded(OWNER, "latchkey:owner") + "]}";
    }

    private static String seeded(String id, String scope) {
        return "{\"id\":\"%s\",\"name\":\"%s\",\"secret\":\"%s\",\"scopes\":[\"%s\"]}".formatted(id, id, SECRET, scope);
    }

    /** A request without a body; {@code headers} end with a line's end, if there are any. */
    static String get(String path, String... headers) {
        return head("GET", path, headers) + "\r\n";
    }

    /** A request line and headers, to which more can be added. */
    static String head(String method, String path, String... headers) {
        return method + " " + path + HOST + String.join("", headers);
    }

    /** A request with a JSON body. */
    static String json(String method, String path, String json, String... headers) {
        return head(method, path, headers) + "Content-Type: application/json\r\nContent-Length: " + json.length()
                + "\r\n\r\n" + json;
    }

    /** A request with a form as its body. */
    static String form(String path, String form, String... headers) {
        return formHead(path, headers) + "Content-Length: " + form.length() + "\r\n\r\n" + form;
    }

    /** The head of a request with a form as its body, whose length or encoding is still to be said. */
    static String formHead(String path, String... headers) {
        return head("POST", path, "Content-Type: application/x-www-form-urlencoded\r\n") + String.join("", headers);
    }

    /** A request for a token of the key with this id. */
    static String token(String id) {
        return form("/connect/token", "grant_type=client_credentials", basic(id));
    }

    /** The header by which the key with this id authenticates. */
    static String basic(String id) {
        return "Authorization: " + TestService.basic(id, SECRET) + "\r\n";
    }

    /** A sign-in as a page of the service sends it. */
    static String signIn(String username, String password) {
        String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
        return json("POST", "/api/session", body, SAME_ORIGIN);
    }

    /** The header of a Bearer token. */
    static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }
}
