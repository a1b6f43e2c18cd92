package dev.latchkey.http.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an endpoint or an error answers; no cache may store it ({@code Cache-Control: no-store}). Prints no body. */
public final class Answer {
    /** The attribute of a request that holds {@link #reason}, where there is one. */
    public static final String REASON_ATTRIBUTE = "dev.latchkey.reason";

    private static final byte[] NOTHING = {};

    private final int status;
    private final @Nullable String contentType;
    private final byte[] body;
    private final List<Header> headers;
    private final @Nullable String error;
    private final @Nullable String reason;

    private Answer(
            int status,
            @Nullable String contentType,
            byte[] body,
            List<Header> headers,
            @Nullable String error,
            @Nullable String reason) {
        this.status = status;
        this.error = error;
        this.reason = reason;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
    }

    /** One header field. */
    public record Header(String name, String value) {}

    /** 200 with JSON. */
    public static Answer json(byte[] body) {
        return new Answer(200, "application/json", body, List.of(), null, null);
    }

    /** JSON with another status of success. */
    public static Answer json(int status, byte[] body) {
        return new Answer(status, "application/json", body, List.of(), null, null);
    }

    /** 204. */
    public static Answer none() {
        return new Answer(204, null, NOTHING, List.of(), null, null);
    }

    /** 200 without a body. */
    public static Answer empty() {
        return new Answer(200, null, NOTHING, List.of(), null, null);
    }

    /** An error, with headers of its own and a code that says which. */
    public static Answer error(int status, String code, ErrorBody body, List<Header> headers) {
        return new Answer(status, body.contentType(), body.bytes(), List.copyOf(headers), code, null);
    }

    /** The same, with why: for the log and a local stand-in, not for clients. */
    public Answer because(String why) {
        return new Answer(status, contentType, body, headers, error, why);
    }

    /** The status (RFC 9110 §15). */
    public int status() {
        return status;
    }

    /** The code of an error; null when it is none. */
    public @Nullable String error() {
        return error;
    }

    /** Why the service refused, as its log says it; null where it did not. */
    public @Nullable String reason() {
        return reason;
    }

    /** Of the body; null when there is none. */
    public @Nullable String contentType() {
        return contentType;
    }

    /** The whole body; do not change it. */
    public byte[] body() {
        return body;
    }

    /** What the answer has beyond the headers of every one. */
    public List<Header> headers() {
        return headers;
    }
}
