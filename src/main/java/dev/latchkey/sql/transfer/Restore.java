package dev.latchkey.sql.transfer;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.file.PrivateFiles;
import dev.latchkey.signingkey.PrivateKeySeal;
import dev.latchkey.sql.database.DatabaseOpener;
import dev.latchkey.sql.database.SqliteHold;
import dev.latchkey.sql.files.StoreFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a backup in the place of a SQLite store, whole or not at all. It is copied and checked under a random name beside;
 * meanwhile the old store is held, its write-ahead log is folded into it and what lies beside it removed; then one rename
 * replaces it. Whenever the process is killed, one of the two stores is there whole, with nothing of the other beside it.
 */
public final class Restore {
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private Restore() {}

    /**
     * Restores a backup.
     *
     * @param db where to; a SQLite store that is there is replaced
     * @param seal what must open the backup's private signing keys; null = that is not checked
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when the store is in use, {@link ErrorKind#INVALID} when it
     *     is in PostgreSQL, {@link ErrorKind#MISCONFIGURED} when the backup is no whole store of this version or an older
     *     one; the old store is as it was then
     */
    public static RestoredStore run(String db, Path backup, @Nullable PrivateKeySeal seal) {
        Path named = DatabaseOpener.file(db)
                .orElseThrow(() -> ServiceException.of(
                        ErrorKind.INVALID,
                        "A store in PostgreSQL is restored with PostgreSQL's own pg_restore, such as: pg_restore --clean"
                                + " --if-exists -d DATABASE FILE; a backup of a SQLite store is moved into an empty database"
                                + " with latchkey migrate --from FILE --to jdbc:postgresql://HOST/DATABASE"));
        try {
            boolean exists = Files.exists(named);
            Path folder = named.getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw ServiceException.misconfigured(
                        "The folder of the store " + db + " does not exist; make it first.");
            }
            checkFile(backup, named);
            if (!exists) {
                return replace(null, named, backup, seal);
            }
            StoreFile.prepare(named, db, false);
            try (SqliteHold old = hold(named, db)) {
                return replace(old, named.toRealPath(), backup, seal);
            }
        } catch (SQLException e) {
            throw ServiceException.of(
                    ErrorKind.UNAVAILABLE,
                    "The store " + db + " could not be closed to others; check that there is room on the disk.",
                    e);
        } catch (IOException e) {
            throw ServiceException.misconfigured(
                    "The store " + db + " cannot be restored (" + reason(e)
                            + "); check that this user may read the backup and write to the store's folder, and that"
                            + " there is room.",
                    e);
        }
    }

    /** What the system says where it speaks of no file, such as of a full disk; else the kind of the failure. */
    private static String reason(IOException failure) {
        return failure instanceof FileSystemException || failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }

    private static SqliteHold hold(Path store, String shown) throws SQLException {
        try {
            SqliteHold held = SqliteHold.of(store);
            if (held.isSomethingElse()) {
                held.close();
                throw ServiceException.misconfigured(
                        "The file " + shown + " is a database of something else; name another file with --db.");
            }
            return held;
        } catch (SQLException e) {
            if (SqliteHold.isInUse(e)) {
                throw ServiceException.conflict(
                        "The store " + shown + " is in use by a service or another process; stop that, then restore.",
                        e);
            }
            throw ServiceException.misconfigured(
                    "The store " + shown
                            + " cannot be opened to be replaced; move it and what lies beside it (-wal, -shm)"
                            + " to another folder, then restore.",
                    e);
        }
    }

    private static void checkFile(Path backup, Path store) throws IOException {
        if (!Files.isRegularFile(backup)) {
            throw ServiceException.misconfigured("There is no file " + backup + " to restore.");
        }
        if (Files.exists(store) && Files.isSameFile(backup, store)) {
            throw ServiceException.misconfigured("The backup " + backup + " is the store itself; name a backup.");
        }
        for (String ending : StoreFile.BESIDE) {
            Path beside = backup.resolveSibling(backup.getFileName() + ending);
            if (Files.exists(beside) && Files.size(beside) > 0) {
                throw ServiceException.misconfigured("The file " + backup
                        + " is a part of a store, the rest of which is in " + beside
                        + "; copy it first with latchkey backup FILE --db " + backup + ", then restore that FILE.");
            }
        }
    }

    /** @param old what is replaced; null = nothing is there */
    private static RestoredStore replace(
            @Nullable SqliteHold old, Path store, Path backup, @Nullable PrivateKeySeal seal)
            throws IOException, SQLException {
        deleteLeftovers(store);
        Path copy = store.resolveSibling("." + store.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            PrivateFiles.create(copy);
            RestoredStore restored;
            // Open until SQLite has closed the file: closing this first would release SQLite's locks of it. The locked
            // byte is one that SQLite does not read.
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                var unused = channel.lock(LOCKED_BYTE, 1, false);
                Files.copy(backup, Channels.newOutputStream(channel));
                restored = RestoredStore.check(copy, backup, seal, old != null);
            }
            giveToOwner(copy, old == null ? store.resolveSibling(".") : store);
            Backup.toDisk(copy, StandardOpenOption.WRITE);
            if (old != null) {
                old.foldLog();
            }
            deleteBeside(store);
            Files.move(copy, store, StandardCopyOption.ATOMIC_MOVE);
            Backup.toDisk(store.resolveSibling("."), StandardOpenOption.READ);
            return restored;
        } finally {
            deleteBeside(copy);
            Backup.drop(copy);
        }
    }

    /** Deletes the copies of this store's restorations that were killed: those that no process has locked. */
    private static void deleteLeftovers(Path store) throws IOException {
        Pattern part = Pattern.compile(Pattern.quote("." + store.getFileName() + ".") + "[0-9a-f-]{36}\\.part");
        List<Path> parts;
        try (Stream<Path> files = Files.list(store.resolveSibling("."))) {
            parts = files.filter(file ->
                            part.matcher(String.valueOf(file.getFileName())).matches())
                    .toList();
        }
        for (Path left : parts) {
            if (isFree(left)) {
                deleteBeside(left);
                Backup.drop(left);
            }
        }
    }

    /** What this user may not write is left alone, like what a process holds. */
    private static boolean isFree(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** What is restored by root belongs to the user of the service. */
    private static void giveToOwner(Path copy, Path model) throws IOException {
        UserPrincipal owner = Files.getOwner(model, LinkOption.NOFOLLOW_LINKS);
        if (Files.getOwner(copy).getName().equals("root") && !owner.getName().equals("root")) {
            Files.setOwner(copy, owner);
        }
    }

    private static void deleteBeside(Path file) throws IOException {
        for (String ending : StoreFile.BESIDE) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
        }
    }
}
