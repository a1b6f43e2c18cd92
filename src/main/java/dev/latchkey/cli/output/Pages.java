package dev.latchkey.cli.output;

import dev.latchkey.cli.terminal.CliContext;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a list, fetched page by page while they are printed, with a line of progress that closing takes away. Stops
 * when standard output takes no more. Can be gone through once, by one thread.
 *
 * @param <T> a row
 */
public final class Pages<T> implements Iterable<T>, AutoCloseable {
    /** So many rows are fetched at once. */
    public static final int ROWS = 100;

    private final Function<@Nullable T, List<T>> next;
    private final CliContext context;
    private final Progress progress;
    private final Rows rows = new Rows();
    private long count;

    /**
     * Fetches nothing yet.
     *
     * @param what is counted, such as {@code keys listed}
     * @param next the rows after one, some at a time and in the end none; null = from the start
     */
    public Pages(CliContext context, String what, Function<@Nullable T, List<T>> next) {
        this.context = context;
        this.progress = new Progress(context, what);
        this.next = next;
    }

    /**
     * Rows in the order of their names.
     *
     * @param after so many rows at most of those that come after a name
     */
    public static <T> Pages<T> byName(
            CliContext context, String what, Function<T, String> name, BiFunction<String, Integer, List<T>> after) {
        return new Pages<>(context, what, last -> after.apply(last == null ? "" : name.apply(last), ROWS));
    }

    @Override
    public Iterator<T> iterator() {
        return rows;
    }

    /** Whether there is no row, or none any more. */
    public boolean isEmpty() {
        return !rows.hasNext();
    }

    @Override
    public void close() {
        progress.close();
    }

    /** How many rows have gone by. */
    public long count() {
        return count;
    }

    private final class Rows implements Iterator<T> {
        private Iterator<T> page = List.<T>of().iterator();
        private @Nullable T last;
        private boolean atEnd;

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && !atEnd) {
                if (count > 0) {
                    context.checkOutput();
                    progress.at(count);
                }
                page = next.apply(last).iterator();
                atEnd = !page.hasNext();
            }
            return page.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T row = page.next();
            last = row;
            count++;
            return row;
        }
    }
}
