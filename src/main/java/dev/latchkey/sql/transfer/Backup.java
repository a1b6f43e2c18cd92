package dev.latchkey.sql.transfer;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.file.PrivateFiles;
import dev.latchkey.log.LogEvent;
import dev.latchkey.sql.database.Database;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of a SQLite store. SQLite makes it within one read transaction, so that it is of one moment and no
 * writer has to wait. It grows under a random name beside: a file of the name that was asked for is always whole.
 */
public final class Backup {
    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);

    private Backup() {}

    /**
     * Copies the store into a new file.
     *
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when something has that name already, {@link
     *     ErrorKind#MISCONFIGURED} when the file cannot be made or the store is in PostgreSQL, {@link
     *     ErrorKind#UNAVAILABLE} when copying fails; no file is left then
     */
    public static void write(Database database, Path file) {
        if (database.dialect().traits().isAcrossNetwork()) {
            throw ServiceException.misconfigured("A store in PostgreSQL is backed up with PostgreSQL's own pg_dump,"
                    + " such as: pg_dump -Fc -f FILE DATABASE");
        }
        Path target = file.toAbsolutePath();
        Path folder = check(target);
        Path growing = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        boolean ours = false;
        try {
            PrivateFiles.create(growing);
            ours = true;
            copy(database, growing);
            toDisk(growing, StandardOpenOption.WRITE);
            name(growing, target);
            toDisk(folder, StandardOpenOption.READ);
        } catch (FileAlreadyExistsException e) {
            throw taken(target);
        } catch (IOException e) {
            throw ServiceException.misconfigured(
                    "The backup " + target + " cannot be written; check that this user may write to its folder.", e);
        } catch (SQLException e) {
            throw ServiceException.of(
                    ErrorKind.UNAVAILABLE,
                    "The backup " + target + " could not be completed; check that there is room on the disk.",
                    e);
        } finally {
            if (ours) {
                drop(growing);
            }
        }
    }

    /** Answers the folder in which the backup is to be. */
    private static Path check(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(target);
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw ServiceException.misconfigured(
                    "The folder of the backup " + target + " does not exist; make it first.");
        }
        return folder;
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

    /** SQLite leaves it to the operating system when the copy reaches the disk; so does the folder with its name. */
    static void toDisk(Path path, StandardOpenOption access) throws IOException {
        if (access == StandardOpenOption.READ && File.separatorChar == '\\') {
            return; // Windows opens no folder, and writes names down by itself.
        }
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    /** In one step, and only where nothing has that name: a link is refused there, a move would replace it. */
    private static void name(Path growing, Path target) throws IOException {
        try {
            Files.createLink(target, growing);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without hard links; two backups of one name at one moment are not told apart here.
            Files.move(growing, target);
        }
    }

    /** The other name of a backup that is done, or what a failure left. */
    static void drop(Path growing) {
        try {
            Files.deleteIfExists(growing);
        } catch (IOException e) {
            LogEvent.STORE_NOTE
                    .warn(LOG)
                    .log("The file {} is left of a backup and can be deleted: {}", growing, e.getMessage());
        }
    }

    private static ServiceException taken(Path target) {
        return ServiceException.conflict("There is something at " + target + " already; name another file.");
    }
}
