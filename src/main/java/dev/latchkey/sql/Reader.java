package dev.latchkey.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite connection that only reads, what it has prepared, and what it has read. For one thread at a time.
 *
 * <p>What was read is good until the database changes. SQLite tells that for certain: {@code PRAGMA data_version} looks
 * at the file as every statement does, and its number differs from the last one exactly when another connection, of this
 * process or any other, has committed meanwhile. Asking for the number costs a tenth of reading a key anew, and a tenth
 * of a token; the {@link WalIndex}, where SQLite itself looks to answer, costs nothing.
 */
final class Reader implements AutoCloseable {
    /** Bounds the memory: some megabytes where every key is as large as may be, a tenth of one mostly. */
    private static final int MAX_ANSWERS = 200;

    private static final String DATA_VERSION = "PRAGMA data_version";
    private static final String JOURNAL_MODE = "PRAGMA journal_mode";

    private final Connection connection;
    private final @Nullable Indexes indexes;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<Question<?>, Object> answers = new HashMap<>();
    private final WalIndex.Mark mark = new WalIndex.Mark();
    private long version;
    private @Nullable WalIndex index;

    /**
     * What is asked for, by values that tell it apart from every other question.
     *
     * @param <T> what the answer is
     */
    interface Question<T> {
        /** The statement, the same for all questions of its kind. */
        String sql();

        /** Asks by that statement. */
        Optional<T> ask(PreparedStatement statement) throws SQLException;
    }

    /** Knows which WAL index the store has. */
    @FunctionalInterface
    interface Indexes {
        /** The one that a connection uses which has the WAL open now; that connection's as long as it stays open. */
        @Nullable
        WalIndex current();
    }

    /** @param indexes where to look for changes; null = asks SQLite each time */
    Reader(Connection connection, @Nullable Indexes indexes) {
        this.connection = connection;
        this.indexes = indexes;
    }

    Connection connection() {
        return connection;
    }

    /** The answer as it is now, read again only where it may have changed. That there is none is not remembered. */
    <T> Optional<T> answer(Question<T> question) throws SQLException {
        if (hasChanged() || answers.size() >= MAX_ANSWERS) {
            answers.clear();
        }
        @SuppressWarnings("unchecked") // What stands under a question was put there by the lines below.
        @Nullable
        T known = (T) answers.get(question);
        if (known != null) {
            return Optional.of(known);
        }
        // A commit since the look at the version makes this answer newer than that, and the next look reads it again.
        Optional<T> read = question.ask(prepared(question.sql()));
        read.ifPresent(answer -> answers.put(question, answer));
        return read;
    }

    /** Whether the store may have changed since it was asked that the last time. */
    private boolean hasChanged() throws SQLException {
        if (index == null) {
            boolean changed = isNewVersion();
            if (changed || indexes == null || !hasWal()) {
                return changed;
            }
            index = indexes.current();
            if (index == null) {
                return false;
            }
            index.move(mark);
            // Was there a commit before the mark, which it does not tell?
            return isNewVersion();
        }
        if (index.isAt(mark)) {
            return false;
        }
        index.move(mark);
        return true;
    }

    private boolean isNewVersion() throws SQLException {
        long before = version;
        try (ResultSet row = prepared(DATA_VERSION).executeQuery()) {
            row.next();
            version = row.getLong(1);
        }
        return version != before;
    }

    /**
     * Whether this connection has read by a WAL: it then has the index open, and as long as it has, nobody takes that
     * away or leaves the mode. What lies beside a store that was read without is not its index.
     */
    private boolean hasWal() throws SQLException {
        try (ResultSet row = prepared(JOURNAL_MODE).executeQuery()) {
            return row.next() && row.getString(1).equalsIgnoreCase("wal");
        }
    }

    /** The statement of a text: preparing it costs several times what running it does. */
    private PreparedStatement prepared(String constant) throws SQLException {
        PreparedStatement statement = prepared.get(constant);
        if (statement == null) {
            statement = connection.prepareStatement(constant);
            prepared.put(constant, statement);
        }
        return statement;
    }

    /** Closes the connection, and with it every statement. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
