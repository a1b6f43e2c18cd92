package dev.latchkey.error;

import java.util.List;

/** The rule for names and descriptions that people write. */
public final class Text {
    private Text() {}

    /** Adds an error unless the text has {@code min} to {@code max} Unicode characters that every store can hold. */
    public static void check(String field, String text, int min, int max, boolean lines, List<FieldError> errors) {
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max || (min > 0 && text.isBlank())) {
            String notBlank = min > 0 ? " and not be blank" : "";
            errors.add(new FieldError(field, "must have " + min + " to " + max + " characters" + notBlank));
        } else if (!text.codePoints().allMatch(c -> isStorable(c, lines))) {
            errors.add(new FieldError(field, "must not hold control characters or broken Unicode"));
        }
    }

    /** Whether the text can be written as UTF-8: no half of a surrogate pair stands alone. */
    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static boolean isStorable(int codePoint, boolean lines) {
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            return false;
        }
        boolean lineBreak = codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
        return !Character.isISOControl(codePoint) || (lines && lineBreak);
    }
}
