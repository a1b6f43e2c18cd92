package dev.latchkey.error;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Text that a stranger chose, made fit for a line of the log: one line, of a bounded length, in quotes, and without what
 * could be a secret or a token that was sent in the wrong place.
 */
public final class LogText {
    private static final int MAX_LENGTH = 100;
    private static final int MAX_LIST_LENGTH = 400;

    /** Control, format and unassigned characters, and what ends a line: none of them shows, some move what follows. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    /** A generated secret, a JWT, or what has the length and the alphabet of random bytes in base64 or hexadecimal. */
    private static final Pattern SECRET = Pattern.compile("acs_|eyJ"
            + "|(?=[A-Za-z0-9_=+/-]*[0-9])(?=[A-Za-z0-9_=+/-]*[a-z])(?=[A-Za-z0-9_=+/-]*[A-Z])[A-Za-z0-9_=+/-]{32}"
            + "|[0-9a-fA-F]{32}");

    /** Longer texts are looked at up to here alone. */
    private static final int MAX_LOOKED_AT = 1_000;

    private LogText() {}

    /** One text in quotes, cut to 100 characters. */
    public static String quoted(String text) {
        String start = start(text);
        if (couldBeSecret(text)) {
            return "(" + text.length() + " characters that could be a secret, not shown)";
        }
        boolean cut = start.length() > MAX_LENGTH;
        String shown = cut ? start.substring(0, MAX_LENGTH) : start;
        return '"' + UNPRINTABLE.matcher(shown).replaceAll("?") + (cut ? "…\"" : "\"");
    }

    /** Whether {@link #quoted(String)} hides it. */
    public static boolean couldBeSecret(String text) {
        return SECRET.matcher(start(text)).find();
    }

    private static String start(String text) {
        return text.length() > MAX_LOOKED_AT ? text.substring(0, MAX_LOOKED_AT) : text;
    }

    /** Several texts, each quoted, up to some 400 characters; of the rest the number. */
    public static String quoted(Collection<String> texts) {
        if (texts.isEmpty()) {
            return "none";
        }
        StringBuilder list = new StringBuilder();
        int shown = 0;
        for (String text : texts) {
            if (list.length() > MAX_LIST_LENGTH) {
                return list.append(" and ")
                        .append(texts.size() - shown)
                        .append(" more")
                        .toString();
            }
            list.append(shown == 0 ? "" : ", ").append(quoted(text));
            shown++;
        }
        return list.toString();
    }
}
