package dev.latchkey.http.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint or an error answers; no cache may store it ({@code Cache-Control: no-store}). Prints no body.
 *
 * @param status RFC 9110 §15
 * @param contentType of the body; null when there is none
 * @param body whole; do not change it
 * @param headers what the answer has beyond the headers of every one
 * @param error the code of an error; null when it is none
 * @param reason why the service refused, as its log says it; null where it did not
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(
        int status,
        @Nullable String contentType,
        byte[] body,
        List<Header> headers,
        @Nullable String error,
        @Nullable String reason) {
    /** The attribute of a request that holds {@link #reason}, where there is one. */
    public static final String REASON_ATTRIBUTE = "dev.latchkey.reason";

    /** One header field. */
    public record Header(String name, String value) {}

    /** 200 with JSON. */
    public static Answer json(byte[] body) {
        return json(200, body);
    }

    /** JSON with another status of success. */
    public static Answer json(int status, byte[] body) {
        return new Answer(status, "application/json", body, List.of(), null, null);
    }

    /** 204. */
    public static Answer none() {
        return new Answer(204, null, new byte[0], List.of(), null, null);
    }

    /** 200 without a body. */
    public static Answer empty() {
        return new Answer(200, null, new byte[0], List.of(), null, null);
    }

    /** An error, with headers of its own and a code that says which. */
    public static Answer error(int status, String code, ErrorBody body, List<Header> headers) {
        return new Answer(status, body.contentType(), body.bytes(), List.copyOf(headers), code, null);
    }

    /** The same, with why: for the log and a local stand-in, not for clients. */
    public Answer because(String why) {
        return new Answer(status, contentType, body, headers, error, why);
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
