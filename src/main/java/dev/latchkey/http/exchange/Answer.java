package dev.latchkey.http.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint or an error answers; nobody may store it ({@code Cache-Control: no-store}).
 *
 * @param status the status (RFC 9110 §15)
 * @param contentType of the body; null = there is none
 * @param body the whole body; do not change it
 * @param headers what the answer has beyond those of every one
 */
public record Answer(int status, @Nullable String contentType, byte[] body, List<Header> headers) {
    private static final byte[] NOTHING = {};

    /** One header field. */
    public record Header(String name, String value) {}

    /** 200 with JSON. */
    public static Answer json(byte[] body) {
        return new Answer(200, "application/json", body, List.of());
    }

    /** 200 without a body. */
    public static Answer empty() {
        return new Answer(200, null, NOTHING, List.of());
    }

    /** An error, with headers of its own. */
    public static Answer error(int status, ErrorBody body, List<Header> headers) {
        return new Answer(status, body.contentType(), body.bytes(), headers);
    }

    /** Prints no body: it may hold a token. */
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
