package dev.latchkey.http.exchange;

import dev.latchkey.error.FieldError;
import dev.latchkey.json.ObjectBytes;
import java.util.List;

/**
 * An error answer's body in one of two forms: {@code error} and {@code error_description} (RFC 6749 §5.2) on the OAuth
 * endpoints, problem details (RFC 9457) everywhere else.
 *
 * @param bytes the body; do not change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record ErrorBody(String contentType, byte[] bytes) {
    /** Whether errors on this path have the OAuth form. */
    public static boolean isOAuthPath(String path) {
        return path.contains("/connect/") || path.contains("/.well-known/");
    }

    /** The form of RFC 6749 §5.2. */
    public static ErrorBody oauth(String error, String description) {
        byte[] json = new ObjectBytes(256)
                .field("error", error)
                .field("error_description", description)
                .end();
        return new ErrorBody("application/json", json);
    }

    /** JSON in a form of its own. */
    public static ErrorBody json(byte[] json) {
        return new ErrorBody("application/json", json);
    }

    /** The form of RFC 9457; {@code errors} is left out when it is empty. */
    public static ErrorBody problem(int status, String title, String detail, List<FieldError> errors) {
        ObjectBytes json = new ObjectBytes(256)
                .field("type", "about:blank")
                .field("title", title)
                .field("status", status)
                .field("detail", detail);
        if (!errors.isEmpty()) {
            json.objects("errors", errors.stream().map(ErrorBody::json).toList());
        }
        return new ErrorBody("application/problem+json", json.end());
    }

    private static byte[] json(FieldError error) {
        return new ObjectBytes(128)
                .field("field", error.field())
                .field("message", error.message())
                .end();
    }

    /**
     * The form that the path calls for, of an error that is not about what the endpoint does.
     *
     * @param code the OAuth error code
     */
    public static ErrorBody forPath(String path, int status, String code, String detail) {
        return isOAuthPath(path) ? oauth(code, detail) : problem(status, StatusNames.of(status), detail, List.of());
    }
}
