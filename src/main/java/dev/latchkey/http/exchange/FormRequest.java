package dev.latchkey.http.exchange;

import dev.latchkey.http.log.LoggedRequest;
import java.util.List;

/**
 * A form that was posted, whole and well-formed.
 *
 * @param logged the request as the log names it
 * @param authorization the values of every {@code Authorization} header
 * @param form the parameters
 */
public record FormRequest(LoggedRequest logged, List<String> authorization, FormBody form) {
    /** The largest form, in bytes; what is larger is refused unread. */
    public static final int MAX_BYTES = 16 * 1024;

    /** The one media type of a form. */
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    /** Prints no header: it may hold a secret. */
    @Override
    public String toString() {
        return "FormRequest[" + logged.id() + "]";
    }
}
