package dev.latchkey.http.exchange;

import java.util.List;

/**
 * A form that was posted, whole and well-formed.
 *
 * @param id ties the answer to its line in the log
 * @param authorization the values of every {@code Authorization} header
 * @param form the parameters
 */
public record FormRequest(Object id, List<String> authorization, FormBody form) {
    /** The largest form, in bytes; what is larger is refused unread. */
    public static final int MAX_BYTES = 16 * 1024;

    /** The one media type of a form. */
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    /** Prints no header: it may hold a secret. */
    @Override
    public String toString() {
        return "FormRequest[" + id + "]";
    }
}
