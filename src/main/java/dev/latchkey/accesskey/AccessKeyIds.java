package dev.latchkey.accesskey;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** The ids of access keys, which are OAuth client ids (RFC 6749 §2.2). */
public final class AccessKeyIds {
    /** What generated ids begin with. */
    public static final String PREFIX = "ack_";

    private static final int RANDOM_CHARACTERS = 26;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9._-]{3,64}");

    private AccessKeyIds() {}

    /** A fresh id: {@code ack_} and 26 characters of lower-case base32, 130 random bits. */
    static String generate(SecureRandom random) {
        StringBuilder id = new StringBuilder(PREFIX);
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return id.toString();
    }

    /** Whether an id that somebody gives may be one: 3 to 64 of {@code A-Za-z0-9._-}. */
    public static boolean isValid(String id) {
        return GIVEN.matcher(id).matches();
    }
}
