package dev.latchkey.http.exchange;

import dev.latchkey.client.ClientProof;
import dev.latchkey.http.log.LoggedRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form that was posted, whole and well-formed.
 *
 * @param logged the request as the log names it
 * @param authorization the values of every {@code Authorization} header
 * @param form the parameters
 * @param proof how the client authenticates, where that was read already; null = it was not
 */
public record FormRequest(
        LoggedRequest logged,
        List<String> authorization,
        FormBody form,
        @Nullable ClientProof proof) {
    /** The largest form, in bytes; what is larger is refused unread. */
    public static final int MAX_BYTES = 16 * 1024;

    /** The one media type of a form. */
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    public FormRequest(LoggedRequest logged, List<String> authorization, FormBody form) {
        this(logged, authorization, form, null);
    }

    /** Prints no header: it may hold a secret. */
    @Override
    public String toString() {
        return "FormRequest[" + logged.id() + "]";
    }
}
