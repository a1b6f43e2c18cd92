package dev.latchkey.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes foreign text fit for a terminal: nothing in it can break a line, move the cursor, hide or reorder other text;
 * and its width in columns is known.
 */
public final class TerminalText {
    private static final String ELLIPSIS = "…";
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private TerminalText() {}

    /** The text in one line: what is not to be seen, or would act on a terminal, stands there as {@code \}{@code u001b}. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (acts(c)) {
                line.append(c == '\n' ? "\\n" : String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /** The same JSON, in which what would act on a terminal is escaped; all of that lies within strings. */
    public static String json(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (c != '\n' && acts(c)) {
                for (char unit : Character.toChars(c)) {
                    text.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    /** Control and format characters (among them those that turn the direction of writing), line ends, half pairs. */
    private static boolean acts(int codePoint) {
        boolean joiner = codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            case Character.FORMAT -> !joiner;
            default -> false;
        };
    }

    /** How many columns the text takes: two for East Asian wide characters and emoji, none for combining marks. */
    public static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /** Close to UAX #11, whose table Java does not have. */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }

    /** The text cut to the columns, with an ellipsis at the end where something is missing. */
    public static String shorten(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        return text.substring(0, cut(text, columns - 1)) + ELLIPSIS;
    }

    /** The text in lines of at most so many columns (2 or more), broken at spaces where there are any. */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (width(rest) > columns) {
            int end = cut(rest, columns);
            int space = rest.lastIndexOf(' ', end);
            int lineEnd = space > 0 ? space : end;
            lines.add(rest.substring(0, lineEnd).stripTrailing());
            rest = rest.substring(lineEnd).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** How many of its UTF-16 units fit into the columns. */
    private static int cut(String text, int columns) {
        int used = 0;
        int index = 0;
        while (index < text.length()) {
            int c = text.codePointAt(index);
            used += width(c);
            if (used > columns) {
                break;
            }
            index += Character.charCount(c);
        }
        return index;
    }

    /** The text with spaces after it up to the columns. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }
}
