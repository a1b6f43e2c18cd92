package dev.latchkey.sql;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** The SQLite file on disk, before SQLite opens it. */
final class StoreFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private StoreFile() {}

    /**
     * Sees to it that the file is there, as the mode wants. A new one is readable for its owner alone; one that is there is
     * not touched, since it may be anything.
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

    /**
     * Leaves a store that was there before to its owner alone: it holds private keys, and SQLite gives the files beside
     * it (-wal, -shm) the permissions that it has. Does nothing where another user owns it.
     */
    static void closeToOthers(Path file) {
        for (String ending : List.of("", "-wal", "-shm")) {
            PosixFileAttributeView view = Files.getFileAttributeView(
                    file.resolveSibling(file.getFileName() + ending), PosixFileAttributeView.class);
            try {
                if (view != null
                        && !OWNER_ONLY.containsAll(view.readAttributes().permissions())) {
                    view.setPermissions(OWNER_ONLY);
                }
            } catch (IOException e) {
                // Not there, or not ours to change.
            }
        }
    }

    /** Makes an empty file that only its owner may read. */
    static void createOwnerOnly(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
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
