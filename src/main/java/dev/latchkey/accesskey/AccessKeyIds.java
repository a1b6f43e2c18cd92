package dev.latchkey.accesskey;

import java.security.SecureRandom;

/** The ids of access keys, which are OAuth client ids (RFC 6749 §2.2). */
public final class AccessKeyIds {
    /** What generated ids begin with. */
    public static final String PREFIX = "ack_";

    private static final int RANDOM_CHARACTERS = 26;
    /** In the order of their bytes, by which stores sort ids. */
    private static final String BASE32 = "234567abcdefghijklmnopqrstuvwxyz";

    private static final int BITS = 5;
    private static final int PLACED_CHARACTERS = 8;
    private static final int MIN_LENGTH = 3;
    private static final int MAX_LENGTH = 64;

    private AccessKeyIds() {}

    /** A fresh id: {@code ack_} and 26 characters of lower-case base32, 130 random bits. */
    public static String generate(SecureRandom random) {
        return generate(random.nextDouble(), random);
    }

    /**
     * An id whose first 40 bits are given; the other 90 are random.
     *
     * @param place where it stands among all ids, from 0 to 1 exclusive
     */
    public static String generate(double place, SecureRandom random) {
        StringBuilder id = new StringBuilder(PREFIX);
        long bits = (long) (place * (1L << (BITS * PLACED_CHARACTERS)));
        for (int i = PLACED_CHARACTERS - 1; i >= 0; i--) {
            id.append(BASE32.charAt((int) (bits >>> (BITS * i)) & (BASE32.length() - 1)));
        }
        for (int i = PLACED_CHARACTERS; i < RANDOM_CHARACTERS; i++) {
            id.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return id.toString();
    }

    /** Whether an id that is given may be one: 3 to 64 of {@code A-Za-z0-9._-}. */
    public static boolean isValid(String id) {
        boolean valid = id.length() >= MIN_LENGTH && id.length() <= MAX_LENGTH;
        for (int i = 0; valid && i < id.length(); i++) {
            valid = isAllowed(id.charAt(i));
        }
        return valid;
    }

    /** Without a regular expression, for every token asks. */
    private static boolean isAllowed(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }
}
