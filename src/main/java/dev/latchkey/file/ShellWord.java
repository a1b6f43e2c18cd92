package dev.latchkey.file;

import java.util.regex.Pattern;

/** A text as one word of a POSIX shell, for commands that people copy. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9%+,./:=@_][A-Za-z0-9%+,./:=@_-]*");

    private ShellWord() {}

    /** As it is where the shell takes it so, else in single quotes. */
    public static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
