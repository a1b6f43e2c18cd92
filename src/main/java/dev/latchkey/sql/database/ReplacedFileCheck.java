package dev.latchkey.sql.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the open connections are still to the file under the store's path. An open file that was removed or replaced
 * goes on answering, with keys that can no longer be disabled. One check costs a few microseconds. Thread-safe.
 */
final class ReplacedFileCheck {
    private final Path file;
    private final @Nullable Object identity;

    private ReplacedFileCheck(Path file, @Nullable Object identity) {
        this.file = file;
        this.identity = identity;
    }

    /** Remembers which file is there now; on a file system that does not tell files apart, nothing is checked. */
    static ReplacedFileCheck of(Path file) throws SQLException {
        return new ReplacedFileCheck(file, identity(file));
    }

    /** Fails when the path has another file by now, or none. */
    void check() throws SQLException {
        if (identity != null && !identity.equals(identity(file))) {
            throw new SQLNonTransientConnectionException("another file has its name");
        }
    }

    private static @Nullable Object identity(Path file) throws SQLException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new SQLNonTransientConnectionException("no file that can be read has its name", e);
        }
    }
}
