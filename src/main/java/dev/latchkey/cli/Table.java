package dev.latchkey.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a heading, made to fit 80 columns by shortening the columns that may be shortened. */
final class Table {
    private static final int COLUMNS = 80;
    private static final int GAP = 2;

    /** A column, and the width below which it is never shortened. */
    record Column(String heading, int narrowest) {
        /** One that is never shortened. */
        static Column whole(String heading) {
            return new Column(heading, Integer.MAX_VALUE);
        }
    }

    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();

    private record Row(List<String> cells, List<String> under) {}

    Table(Column... columns) {
        this.columns = List.of(columns);
        rows.add(new Row(this.columns.stream().map(Column::heading).toList(), new ArrayList<>()));
    }

    /** Adds a row; its texts may come from anywhere. */
    Table row(String... cells) {
        rows.add(new Row(Arrays.stream(cells).map(Visible::line).toList(), new ArrayList<>()));
        return this;
    }

    /** Adds a text below the last row, in as many lines as it needs; it may come from anywhere. */
    void under(String text) {
        rows.get(rows.size() - 1).under().add(Visible.line(text));
    }

    /** The lines, each with its end. */
    String text() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = Visible.shorten(row.cells().get(i), widths[i]);
                line.append(Visible.pad(cell, widths[i] + GAP));
            }
            text.append(line.toString().stripTrailing()).append('\n');
            for (String under : row.under()) {
                String indent = " ".repeat(2 * GAP);
                for (String part : Visible.wrap(under, COLUMNS - 3 * GAP)) {
                    text.append(indent).append(part).append('\n');
                    indent = " ".repeat(3 * GAP);
                }
            }
        }
        return text.toString();
    }

    /** The natural widths; where they are too much together, the widest that can gives way, step by step. */
    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (Row row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Visible.width(row.cells().get(i)));
            }
        }
        int room = COLUMNS - GAP * (widths.length - 1);
        int widest = widest(widths);
        while (widest >= 0 && Arrays.stream(widths).sum() > room) {
            widths[widest]--;
            widest = widest(widths);
        }
        return widths;
    }

    /** The index of the widest column that may still be shortened; -1 when there is none. */
    private int widest(int[] widths) {
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
