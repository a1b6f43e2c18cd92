package dev.latchkey.sql.row;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Bounds a page by the length of its texts beside the number of its rows: a row can have tens of thousands of
 * characters, and many callers can ask for pages at once.
 */
public final class PageSize {
    /** A page ends with the row that reaches this length, in characters. */
    public static final int MAX_LENGTH = 128 * 1024;

    /**
     * The database leaves off with the row that reaches this length. It must be longer than a page by the longest row,
     * so that a page that is cut short sees that there is another.
     */
    private static final int MAX_READ = 4 * MAX_LENGTH;

    private PageSize() {}

    /** A subselect of the first rows of a select, which has a limit and this order; each counts {@code length}. */
    public static String bounded(String rows, String length, String order) {
        return "(SELECT * FROM (SELECT r.*, SUM(" + length + ") OVER (ORDER BY " + order + ") - (" + length
                + ") AS length_before FROM (" + rows + ") r) b WHERE length_before < " + MAX_READ + ")";
    }

    /** How many of the rows, at most {@code limit}, make a page; one at least where there is one. */
    public static <T> int of(List<T> rows, int limit, ToLongFunction<T> length) {
        int count = 0;
        long sum = 0;
        while (count < rows.size() && count < limit && sum < MAX_LENGTH) {
            sum += length.applyAsLong(rows.get(count));
            count++;
        }
        return count;
    }
}
