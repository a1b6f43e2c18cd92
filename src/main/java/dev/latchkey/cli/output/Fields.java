package dev.latchkey.cli.output;

import dev.latchkey.cli.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;

/** Names and values, one to a line, the values below one another. */
public final class Fields {
    private record Line(String name, String value) {}

    private final List<Line> lines = new ArrayList<>();

    /** Adds a line; both texts may come from anywhere. */
    public Fields add(String name, String value) {
        lines.add(new Line(TerminalText.line(name), TerminalText.line(value)));
        return this;
    }

    public String text() {
        int widest = lines.stream()
                .mapToInt(line -> TerminalText.width(line.name()))
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            String whole = TerminalText.pad(line.name(), widest + 2) + line.value();
            text.append(whole.stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
