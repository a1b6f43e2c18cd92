package dev.latchkey.error;

/**
 * One thing wrong with one field of the input.
 *
 * @param field the field's public name, such as {@code token_lifetime} or {@code scopes[2]}; cut to {@value
 *     #MAX_FIELD_LENGTH} characters
 * @param message what is wrong and what to do, fit to be shown to the caller
 * @param known whether the name is one of ours; a name that the caller made up is answered, but never logged
 */
public record FieldError(String field, String message, boolean known) {
    /** A longer name is cut, in UTF-16 units. */
    public static final int MAX_FIELD_LENGTH = 64;

    private static final String CUT = "…";

    public FieldError {
        field = cut(field);
    }

    /** An error of a field that has one of our own names. */
    public FieldError(String field, String message) {
        this(field, message, true);
    }

    /** An error of a field whose name the caller made up. */
    public static FieldError unknown(String field, String message) {
        return new FieldError(field, message, false);
    }

    /** The text, or as much of it as a name may have; never half a surrogate pair. */
    public static String cut(String text) {
        if (text.length() <= MAX_FIELD_LENGTH) {
            return text;
        }
        int end = MAX_FIELD_LENGTH - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
