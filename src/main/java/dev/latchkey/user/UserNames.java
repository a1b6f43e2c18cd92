package dev.latchkey.user;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** How names of people are written and compared. */
final class UserNames {
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._@-]{1,64}");

    /** A longer text is no name, whatever it is normalized to. */
    private static final int MAX_TYPED = 256;

    private UserNames() {}

    /** What was typed, without white space around it and in Unicode's form C. */
    static String normalized(String typed) {
        return typed.length() > MAX_TYPED
                ? typed
                : Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
    }

    /** Whether a normalized text may be a name: 1 to 64 of {@code A-Za-z0-9._@-}, and no step in a path (. and ..). */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The same for every way to write a name in capitals and small letters. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
