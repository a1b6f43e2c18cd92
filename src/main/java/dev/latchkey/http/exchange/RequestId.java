package dev.latchkey.http.exchange;

import dev.latchkey.accesskey.AccessKeySecret;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id that ties an answer to its line in the log. */
public final class RequestId {
    /** The header that carries it, both ways. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private static final int FRESH_DIGITS = 32;
    private static final int BITS_OF_DIGIT = 4;
    private static final int DIGITS_OF_LONG = Long.SIZE / BITS_OF_DIGIT;
    private static final int HEX_MASK = (1 << BITS_OF_DIGIT) - 1;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

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
        byte[] digits = new byte[FRESH_DIGITS];
        long number = 0;
        for (int i = 0; i < FRESH_DIGITS; i++) {
            if (i % DIGITS_OF_LONG == 0) {
                number = random.nextLong();
            }
            digits[i] = HEX[(int) number & HEX_MASK];
            number >>>= BITS_OF_DIGIT;
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }
}
