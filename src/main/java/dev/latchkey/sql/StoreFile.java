package dev.latchkey.sql;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The SQLite file on disk, before SQLite opens it. */
final class StoreFile {
    private StoreFile() {}

    /**
     * Sees to it that the file is there, as the mode wants. A new one is readable for its owner alone; SQLite makes the
     * files beside it (-wal, -shm) like it. One that is there keeps its permissions.
     */
    static void prepare(Path file, String shown, SqlStore.Mode mode) {
        if (Files.isDirectory(file)) {
            throw misconfigured("The store " + shown + " is a folder; name a file in it.");
        }
        if (Files.exists(file)) {
            return;
        }
        if (mode == SqlStore.Mode.EXISTING) {
            throw Ledger.noStore(shown);
        }
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw misconfigured("The folder of the store " + shown + " does not exist; make it first.");
        }
        create(file, shown);
    }

    /** Makes an empty file that only its owner may read. */
    static void createOwnerOnly(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, ownerOnly);
    }

    private static void create(Path file, String shown) {
        try {
            createOwnerOnly(file);
        } catch (FileAlreadyExistsException e) {
            // Another process was a moment faster.
        } catch (IOException e) {
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED,
                    "The store " + shown + " cannot be made; check that this user may write to its folder.",
                    e);
        }
    }

    private static LatchkeyException misconfigured(String message) {
        return LatchkeyException.of(ErrorKind.MISCONFIGURED, message);
    }
}
