package dev.latchkey.cli;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one form of errors: as they follow a colon, without a capital and without a full stop. */
final class ErrorStyle {
    /** Words that begin with a capital wherever they stand. */
    private static final Set<String> NAMES = Set.of("Latchkey", "Java", "Owner", "Owners");

    private static final Pattern FIRST_WORD = Pattern.compile("(\\p{Lu}\\p{Ll}*)(?=[ ,'’]).*", Pattern.DOTALL);

    private ErrorStyle() {}

    static String of(String message) {
        String text = message.stripTrailing();
        if (text.endsWith(".") && !text.endsWith("..")) {
            text = text.substring(0, text.length() - 1);
        }
        Matcher first = FIRST_WORD.matcher(text);
        boolean capital = first.matches() && !NAMES.contains(first.group(1));
        return capital ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }
}
