package dev.latchkey.user;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rule for passwords, and random ones. */
public final class Passwords {
    /** The shortest password, in Unicode characters. */
    public static final int MIN_LENGTH = 12;

    /** The longest; bounds the work of hashing. */
    public static final int MAX_LENGTH = 256;

    /** A text of more UTF-16 units is longer than a password in every form, and is not normalized, which takes time. */
    private static final int MAX_TYPED = 4 * MAX_LENGTH;

    /** Letters and digits that people do not take for one another. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int RANDOM_LENGTH = 24;

    private Passwords() {}

    /** The form in which passwords are hashed: keyboards and systems write one letter in several ways (RFC 8265 §4). */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /**
     * What a typed password may have been hashed as: normalized, or, in older hashes, as one system or another typed it.
     * Mostly the same text; empty when it is longer than a password can be.
     */
    static List<String> forms(String password) {
        if (password.length() > MAX_TYPED) {
            return List.of();
        }
        return Stream.of(normalized(password), password, Normalizer.normalize(password, Normalizer.Form.NFD))
                .distinct()
                .filter(form -> lengthOf(form) <= MAX_LENGTH)
                .toList();
    }

    /** Whether the text is too short to have been taken for a password in any form. */
    static boolean isTooShort(List<String> forms) {
        return forms.stream().allMatch(form -> lengthOf(form) < MIN_LENGTH);
    }

    /** Fails unless the password is long enough. */
    public static void check(String field, String password) {
        List<FieldError> errors = new ArrayList<>();
        check(field, password, errors);
        ServiceException.throwIfAny(errors);
    }

    /** Adds an error unless the password is long enough. */
    static void check(String field, String password, List<FieldError> errors) {
        int length = password.length() > MAX_TYPED ? password.length() : lengthOf(normalized(password));
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            errors.add(new FieldError(field, "must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters"));
        }
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
