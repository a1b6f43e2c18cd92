package dev.latchkey.cli.output;

import dev.latchkey.cli.terminal.TerminalText;
import java.io.IOException;
import java.io.Writer;

/** Passes JSON on as {@link TerminalText#json} would have it, whatever its length. For one thread. */
final class EscapingJsonWriter extends Writer {
    private static final char NONE = '\0';

    private final Writer target;

    /** The first half of a surrogate pair whose other half is still to come. */
    private char half = NONE;

    EscapingJsonWriter(Writer target) {
        this.target = target;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        StringBuilder text = new StringBuilder(length + 1);
        if (half != NONE) {
            text.append(half);
            half = NONE;
        }
        text.append(chars, offset, length);
        char last = text.charAt(text.length() - 1);
        if (Character.isHighSurrogate(last)) {
            half = last;
            text.setLength(text.length() - 1);
        }
        target.write(TerminalText.json(text.toString()));
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
