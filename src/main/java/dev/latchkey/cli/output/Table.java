package dev.latchkey.cli.output;

import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under a heading. On a terminal they are made to fit its width by shortening the columns that may be shortened;
 * elsewhere they have the width that they need. Rows are printed some at a time, so that a table may have any length; what
 * comes later can widen a column from there on. For one thread.
 */
public final class Table implements AutoCloseable {
    private static final int GAP = 2;

    /** So many characters are kept until a part of the table is printed. */
    private static final int PART = 200_000;

    /** A column, and the width below which it is never shortened. */
    public record Column(String heading, int narrowest) {
        /** One that is never shortened. */
        public static Column whole(String heading) {
            return new Column(heading, Integer.MAX_VALUE);
        }
    }

    private final PrintStream out;
    private final int columnsOfScreen;
    private final List<Column> columns;
    private final int[] widths;
    private final List<Row> rows = new ArrayList<>();
    private int kept;

    private record Row(List<String> cells, List<String> under) {}

    /** A table whose heading is printed with the first rows, and not at all when there are none. */
    public Table(CliContext context, Column... columns) {
        this.out = context.out();
        this.columnsOfScreen = context.screen().columns();
        this.columns = List.of(columns);
        this.widths = new int[columns.length];
        rows.add(new Row(this.columns.stream().map(Column::heading).toList(), List.of()));
    }

    /** Adds a row; its texts may come from anywhere. */
    public void row(String... cells) {
        row(List.of(), cells);
    }

    /** Adds a row and texts below it, each in as many lines as it needs; they may come from anywhere. */
    public void row(List<String> under, String... cells) {
        Row row = new Row(
                Arrays.stream(cells).map(TerminalText::line).toList(),
                under.stream().map(TerminalText::line).toList());
        rows.add(row);
        row.cells().forEach(cell -> kept += cell.length());
        row.under().forEach(text -> kept += text.length());
        if (kept > PART) {
            print();
        }
    }

    /** Prints what is left. */
    @Override
    public void close() {
        if (rows.size() > 1 || kept > 0) {
            print();
        }
    }

    private void print() {
        fitWidths();
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = TerminalText.shorten(row.cells().get(i), widths[i]);
                line.append(TerminalText.pad(cell, widths[i] + GAP));
            }
            text.append(line.toString().stripTrailing()).append('\n');
            for (String under : row.under()) {
                String indent = " ".repeat(2 * GAP);
                for (String part : TerminalText.wrap(under, columnsOfScreen - 3 * GAP)) {
                    text.append(indent).append(part).append('\n');
                    indent = " ".repeat(3 * GAP);
                }
            }
        }
        out.print(text);
        rows.clear();
        kept = 0;
    }

    /** The natural widths; where they are too much together, the widest that can gives way, step by step. */
    private void fitWidths() {
        for (Row row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], TerminalText.width(row.cells().get(i)));
            }
        }
        int room = columnsOfScreen - GAP * (widths.length - 1);
        int widest = widest();
        while (widest >= 0 && Arrays.stream(widths).sum() > room) {
            widths[widest]--;
            widest = widest();
        }
    }

    /** The index of the widest column that may still be shortened; -1 when there is none. */
    private int widest() {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean candidate = widths[i] > columns.get(i).narrowest();
            if (candidate && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }
}
