package dev.latchkey.accesskey;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A secret of an access key in the clear: 256 random bits with a checksum, so that a leaked or mistyped one is
 * recognised without a request. It exists for the moment between generation and showing it once. Cannot be printed
 * by accident.
 */
public final class AccessKeySecret {
    /** What generated secrets begin with. */
    public static final String PREFIX = "acs_";

    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_CHARACTERS = 43;
    private static final int CHECKSUM_CHARACTERS = 6;
    private static final int LENGTH = PREFIX.length() + RANDOM_CHARACTERS + CHECKSUM_CHARACTERS;
    private static final int HINT_CHARACTERS = 4;
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final String text;

    private AccessKeySecret(String text) {
        this.text = text;
    }

    public static AccessKeySecret generate(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String body = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new AccessKeySecret(body + checksum(body));
    }

    /** A secret that was chosen and not generated; any text. */
    public static AccessKeySecret given(String text) {
        return new AccessKeySecret(text);
    }

    /** The secret itself. Give it to its owner, never to a log. */
    public String reveal() {
        return text;
    }

    public SecretHash hash() {
        return SecretHash.of(text);
    }

    /** The last 4 characters of the random part; of a given secret, its last 4. */
    public String hint() {
        String shown = isWellFormed(text) ? text.substring(0, LENGTH - CHECKSUM_CHARACTERS) : text;
        return shown.substring(Math.max(0, shown.length() - HINT_CHARACTERS));
    }

    /** Whether the text has the form of a generated secret and its checksum is right. */
    public static boolean isWellFormed(String text) {
        return flaw(text).isEmpty();
    }

    /** Why the text cannot be a generated secret, without repeating it; empty when it can. */
    public static Optional<String> flaw(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.of("does not begin with " + PREFIX);
        }
        for (int i = PREFIX.length(); i < text.length(); i++) {
            if (!isSecretCharacter(text.charAt(i))) {
                return Optional.of("has a character at place " + (i + 1) + " that no generated secret has");
            }
        }
        if (text.length() != LENGTH) {
            String change = text.length() < LENGTH ? "is cut off" : "is too long";
            return Optional.of(change + ": it has " + text.length() + " characters instead of " + LENGTH);
        }
        boolean matches = text.endsWith(checksum(text.substring(0, LENGTH - CHECKSUM_CHARACTERS)));
        return matches ? Optional.empty() : Optional.of("is mistyped: its checksum does not match");
    }

    private static boolean isSecretCharacter(char c) {
        return BASE62.indexOf(c) >= 0 || c == '-' || c == '_';
    }

    /** Six base62 digits (0-9A-Za-z) of the CRC-32 of the text. */
    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        char[] digits = new char[CHECKSUM_CHARACTERS];
        long rest = crc.getValue();
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return "AccessKeySecret[…]";
    }
}
