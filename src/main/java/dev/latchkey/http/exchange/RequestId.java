package dev.latchkey.http.exchange;

import dev.latchkey.accesskey.AccessKeySecret;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id that ties an answer to its line in the log. */
public final class RequestId {
    /** The header that carries it, both ways. */
    public static final String HEADER = "X-Request-Id";

    /** The request attribute that holds it. */
    public static final String ATTRIBUTE = "dev.latchkey.request-id";

    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private RequestId() {}

    /** The client's own id where it is acceptable and no secret put there by mistake, else a fresh one. */
    public static String choose(@Nullable String given) {
        if (given != null && ACCEPTABLE.matcher(given).matches() && !AccessKeySecret.isWellFormed(given)) {
            return given;
        }
        return fresh();
    }

    /** An id that no other request is likely to have; it need not be hard to guess. */
    public static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex(random.nextLong()) + hex(random.nextLong());
    }

    private static String hex(long number) {
        String digits = Long.toHexString(number);
        return "0".repeat(Long.BYTES * 2 - digits.length()) + digits;
    }
}
