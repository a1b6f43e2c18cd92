package dev.latchkey.user;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The rule for passwords, and random ones. */
public final class Passwords {
    /** The shortest password, in Unicode characters. */
    public static final int MIN_LENGTH = 12;

    /** The longest; bounds the work of hashing. */
    public static final int MAX_LENGTH = 256;

    /** Letters and digits that people do not take for one another. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int RANDOM_LENGTH = 24;

    private Passwords() {}

    /** Fails unless the password is long enough. */
    public static void check(String field, String password) {
        List<FieldError> errors = new ArrayList<>();
        check(field, password, errors);
        if (!errors.isEmpty()) {
            throw LatchkeyException.invalid(errors);
        }
    }

    /** Adds an error unless the password is long enough. */
    static void check(String field, String password, List<FieldError> errors) {
        if (lengthOf(password) < MIN_LENGTH || !isShortEnough(password)) {
            errors.add(new FieldError(field, "must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters"));
        }
    }

    /** Whether the text is no longer than a password can be: what is longer is not worth hashing. */
    static boolean isShortEnough(String password) {
        return lengthOf(password) <= MAX_LENGTH;
    }

    private static int lengthOf(String password) {
        return password.codePointCount(0, password.length());
    }

    /** A password of 24 characters, some 139 bits. */
    static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
