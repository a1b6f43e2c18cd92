package dev.latchkey.sql;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A copy of a SQLite store. SQLite makes it within one read transaction, so that it is of one moment and nobody who
 * writes has to wait. It grows under another name: a file of the name that was asked for is always whole.
 */
final class Backup {
    private Backup() {}

    static void write(Database database, Path file) {
        if (database.dialect() == Dialect.POSTGRESQL) {
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED,
                    "A store in PostgreSQL is backed up with PostgreSQL's own pg_dump, such as: pg_dump -Fc -f FILE"
                            + " DATABASE");
        }
        Path target = file.toAbsolutePath();
        check(target);
        Path growing = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(growing);
            StoreFile.createOwnerOnly(growing);
            copy(database, growing);
            toDisk(growing);
            Files.move(growing, target);
        } catch (FileAlreadyExistsException e) {
            throw taken(target);
        } catch (IOException e) {
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED,
                    "The backup " + target + " cannot be written; check that this user may write to its folder.",
                    e);
        } catch (SQLException e) {
            throw LatchkeyException.of(
                    ErrorKind.UNAVAILABLE,
                    "The backup " + target + " could not be completed; check that there is room on the disk.",
                    e);
        } finally {
            drop(growing);
        }
    }

    private static void check(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(target);
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED, "The folder of the backup " + target + " does not exist; make it first.");
        }
    }

    /** SQLite takes the new file for a part of what a connection that only reads must not write. */
    private static void copy(Database database, Path into) throws SQLException {
        database.reading(connection -> {
            try (Statement pragma = connection.createStatement();
                    PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                pragma.execute("PRAGMA query_only = 0");
                try {
                    vacuum.setString(1, into.toString());
                    return vacuum.execute();
                } finally {
                    pragma.execute("PRAGMA query_only = 1");
                }
            }
        });
    }

    /** SQLite leaves it to the operating system when the copy reaches the disk. */
    private static void toDisk(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** After a failure; nothing is there any more when the backup is done. */
    private static void drop(Path growing) {
        try {
            Files.deleteIfExists(growing);
        } catch (IOException e) {
            // What failed before is being told, and the file's name tells what it is.
        }
    }

    private static LatchkeyException taken(Path target) {
        return LatchkeyException.of(
                ErrorKind.CONFLICT, "There is something at " + target + " already; name another file.");
    }
}
