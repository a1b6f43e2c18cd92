package dev.latchkey.cli;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that a command makes. */
final class OutputFile {
    private OutputFile() {}

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw ExitCodes.usage("the name of the file has a character that file names cannot have");
        }
    }

    /** Writes a new file that only its owner may read; fails when something has that name already. */
    static void write(String name, String text) {
        Path file = path(name);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, fresh, ownerOnly))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException e) {
            throw LatchkeyException.of(
                    ErrorKind.CONFLICT, "there is something at " + name + " already; name another file", e);
        } catch (IOException e) {
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED,
                    name + " cannot be written; check that its folder is there and this user may write to it",
                    e);
        }
    }
}
