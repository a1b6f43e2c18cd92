package dev.latchkey.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * The request that a run repeats.
 *
 * @param method the HTTP method
 * @param path with its query
 * @param authorization the header's value; never printed
 * @param body a form; empty = none
 * @param keys how many keys take turns at random, 0 = the one that {@code authorization} names
 */
record Request(String method, String path, String authorization, String body, int keys) {
    /** Where the base64 of the first three digits of a key's number stands in {@code authorization}. */
    static final int FIRST_DIGITS = "Basic a2V5".length();

    private static final String GRANT = "grant_type=client_credentials";

    /** A token for one key. */
    static Request token(String path, String id, String secret) {
        return new Request("POST", path, basic(id, secret), GRANT, 0);
    }

    /** Tokens for the keys of the numbers below {@code keys}, which have one and the same secret. */
    static Request tokens(int keys, String secret) {
        return new Request("POST", "/connect/token", basic(keyOf(0), secret), GRANT, keys);
    }

    static Request get(String path, String token) {
        return new Request("GET", path, "Bearer " + token, "", 0);
    }

    static Request introspection(Request token, String accessToken) {
        return new Request("POST", "/connect/introspect", token.authorization, "token=" + accessToken, 0);
    }

    /** The id of the key of this number: in base64, each three digits are four characters of their own. */
    static String keyOf(int number) {
        return String.format(Locale.ROOT, "key%06d", number);
    }

    /** The request as bytes on the wire, in ISO 8859-1. */
    String onTheWire() {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + authorization
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
