package dev.latchkey.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files that only their owner can read and write (0600). */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes an empty file; fails with {@link java.nio.file.FileAlreadyExistsException} when something has that name already. */
    public static void create(Path file) throws IOException {
        Files.createFile(file, attributes(file));
    }

    /** The attributes to make such a file with. */
    public static FileAttribute<?>[] attributes(Path file) {
        return attributes(file, "rw-------");
    }

    /** Attributes to make a file with these permissions; none where the file system has no POSIX permissions. */
    static FileAttribute<?>[] attributes(Path file, String permissions) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
