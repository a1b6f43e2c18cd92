package dev.latchkey.cli.output;

import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What is shown of each item of a list: its cells under a heading. On a terminal the rows are made to fit its width by
 * shortening the columns that may be shortened; elsewhere they have the width that they need. For one thread.
 *
 * @param <T> an item; its texts may come from anywhere
 */
public final class Table<T> {
    private static final int GAP = 2;

    /** So many characters are kept until a part of the table is printed. */
    private static final int PART = 200_000;

    private record Column<T>(String heading, int narrowest, Function<T, String> cell) {}

    private record Row(List<String> cells, List<String> under) {}

    private final List<Column<T>> columns = new ArrayList<>();
    private Function<T, List<String>> under = item -> List.of();

    /** Adds a column that is never shortened. */
    public Table<T> column(String heading, Function<T, String> cell) {
        return column(heading, Integer.MAX_VALUE, cell);
    }

    /** Adds a column, and the width below which it is never shortened. */
    public Table<T> column(String heading, int narrowest, Function<T, String> cell) {
        columns.add(new Column<>(heading, narrowest, cell));
        return this;
    }

    /** Adds texts below a row, each in as many lines as it needs. */
    public Table<T> under(Function<T, List<String>> texts) {
        under = texts;
        return this;
    }

    /**
     * Prints the rows some at a time, so that a list may have any length; what comes later can widen a column from there on.
     * Prints nothing where there is no item; after a failure, what came before it.
     */
    public void print(Iterable<T> items, CliContext context) {
        Printer printer = new Printer(columns, context);
        try {
            for (T item : items) {
                List<String> texts =
                        under.apply(item).stream().map(TerminalText::line).toList();
                printer.add(new Row(
                        columns.stream()
                                .map(column -> TerminalText.line(column.cell().apply(item)))
                                .toList(),
                        texts));
            }
        } finally {
            printer.printRest();
        }
    }

    private static final class Printer {
        private final PrintStream out;
        private final int screenColumns;
        private final int[] narrowest;
        private final int[] widths;
        private final List<Row> rows = new ArrayList<>();
        private int kept;

        <T> Printer(List<Column<T>> columns, CliContext context) {
            this.out = context.out();
            this.screenColumns = context.screen().columns();
            this.narrowest = columns.stream().mapToInt(Column::narrowest).toArray();
            this.widths = new int[narrowest.length];
            rows.add(new Row(columns.stream().map(Column::heading).toList(), List.of()));
        }

        void add(Row row) {
            rows.add(row);
            row.cells().forEach(cell -> kept += cell.length());
            row.under().forEach(text -> kept += text.length());
            if (kept > PART) {
                print();
            }
        }

        void printRest() {
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
                    List<String> lines = TerminalText.wrap(under, screenColumns - 3 * GAP);
                    text.append(" ".repeat(2 * GAP))
                            .append(String.join("\n" + " ".repeat(3 * GAP), lines))
                            .append('\n');
                }
            }
            out.print(text);
            rows.clear();
            kept = 0;
        }

        /** The natural widths; where they are too much together, the widest that can gives way, step by step. */
        private void fitWidths() {
            for (Row row : rows) {
                Arrays.setAll(
                        widths,
                        i -> Math.max(widths[i], TerminalText.width(row.cells().get(i))));
            }
            int room = screenColumns - GAP * (widths.length - 1);
            for (int widest = widest(); widest >= 0 && Arrays.stream(widths).sum() > room; widest = widest()) {
                widths[widest]--;
            }
        }

        /** The index of the widest column that may still be shortened; -1 when there is none. */
        private int widest() {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean candidate = widths[i] > narrowest[i];
                if (candidate && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            return widest;
        }
    }
}
