package dev.latchkey.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A SQLite file that is open for reading, and what must be seen to while it is. Thread-safe. */
final class SqliteFile {
    private final FileGuard guard;
    private final @Nullable WalIndexes indexes;
    private final Readers readers;
    private boolean closed;

    /** Something to do with a connection that reads, which is not kept. */
    @FunctionalInterface
    interface Reading<T> {
        T run(Reader reader) throws SQLException;
    }

    private SqliteFile(FileGuard guard, @Nullable WalIndexes indexes, Readers readers) {
        this.guard = guard;
        this.indexes = indexes;
        this.readers = readers;
    }

    /** Opens one connection, to tell at once what is wrong, and no other until it is needed. */
    static SqliteFile open(Location location, Path file, Duration patience) throws SQLException {
        FileGuard guard = FileGuard.of(file);
        WalIndexes indexes = indexes(guard, file);
        boolean opened = false;
        try {
            SqliteFile open = new SqliteFile(guard, indexes, SqlitePools.readers(location, patience, indexes));
            opened = true;
            return open;
        } finally {
            if (indexes != null && !opened) {
                indexes.leave();
            }
        }
    }

    private static @Nullable WalIndexes indexes(FileGuard guard, Path file) throws SQLException {
        Object identity = guard.identity();
        try {
            return identity == null ? null : WalIndexes.enter(identity, file);
        } catch (IOException e) {
            throw FileGuard.gone(e);
        }
    }

    /** Fails when the path has another file by now, or none. */
    void check() throws SQLException {
        guard.check();
    }

    <T> T read(Reading<T> reading) throws SQLException {
        check();
        Reader reader = readers.take();
        boolean done = false;
        try {
            T result = reading.run(reader);
            done = true;
            return result;
        } finally {
            if (done) {
                readers.give(reader);
            } else {
                readers.drop(reader);
            }
        }
    }

    /**
     * Closes what reads, then what writes, which folds the WAL into the file. Closing again does nothing.
     *
     * @param closeWriters answers whether no connection that writes is in use any more
     */
    synchronized void close(BooleanSupplier closeWriters) {
        if (closed) {
            return;
        }
        closed = true;
        boolean noneReads = readers.close();
        boolean noneWrites = closeWriters.getAsBoolean();
        // What a connection relies on that is still in use stays open until the process ends.
        if (indexes != null && noneReads && noneWrites) {
            indexes.leave();
        }
    }
}
