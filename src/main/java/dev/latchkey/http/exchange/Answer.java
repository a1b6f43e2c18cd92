package dev.latchkey.http.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an endpoint or an error answers; nobody may store it ({@code Cache-Control: no-store}). Prints no body. */
public final class Answer {
    private static final byte[] NOTHING = {};

    private final int status;
    private final @Nullable String contentType;
    private final byte[] body;
    private final List<Header> headers;

    private Answer(int status, @Nullable String contentType, byte[] body, List<Header> headers) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
    }

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
        return new Answer(status, body.contentType(), body.bytes(), List.copyOf(headers));
    }

    /** The status (RFC 9110 §15). */
    public int status() {
        return status;
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
