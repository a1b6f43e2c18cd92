package dev.latchkey.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the open connections are still to the file under the store's path. An open file that was removed or
 * replaced goes on answering, with keys that nobody can disable any more. One look costs a few microseconds. Thread-safe.
 */
final class FileGuard {
    private final Path file;
    private final @Nullable Object identity;

    private FileGuard(Path file, @Nullable Object identity) {
        this.file = file;
        this.identity = identity;
    }

    /** Remembers which file is there now; on a file system that does not tell files apart, nothing is guarded. */
    static FileGuard of(Path file) throws SQLException {
        return new FileGuard(file, identity(file));
    }

    /** Tells the file apart from every other; null = that cannot be told here. */
    @Nullable
    Object identity() {
        return identity;
    }

    /** Fails when the path has another file by now, or none. */
    void check() throws SQLException {
        if (identity != null && !identity.equals(identity(file))) {
            throw new SQLException("the store's file was replaced; start the service again");
        }
    }

    private static @Nullable Object identity(Path file) throws SQLException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw gone(e);
        }
    }

    static SQLException gone(IOException cause) {
        return new SQLException("the store's file cannot be found", cause);
    }
}
