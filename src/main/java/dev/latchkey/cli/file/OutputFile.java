package dev.latchkey.cli.file;

import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.file.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Consumer;

/** A file that a command makes. */
public final class OutputFile {
    private OutputFile() {}

    /** Fails, as wrong usage, for a text that is no file's name. */
    public static Path path(String name) {
        if (name.isEmpty()) {
            throw ExitCodes.usage("the name of the file is empty; is a variable not set?");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw ExitCodes.usage("the name of the file has a character that file names cannot have");
        }
    }

    /**
     * Writes a new file that only its owner may read; fails when something has that name already, and leaves no part of a
     * file behind.
     */
    public static void write(String name, Consumer<OutputStream> content) {
        Path file = path(name);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PrivateFiles.attributes(file)))) {
            boolean complete = false;
            try (OutputStream buffered = new BufferedOutputStream(out)) {
                content.accept(buffered);
                complete = true;
            } finally {
                if (!complete) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw ServiceException.of(
                    ErrorKind.CONFLICT, "there is something at " + name + " already; name another file", e);
        } catch (UncheckedIOException e) {
            throw unwritable(name, new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw unwritable(name, e);
        }
    }

    static ServiceException unwritable(String name, IOException e) {
        return ServiceException.of(
                ErrorKind.MISCONFIGURED,
                name + " cannot be written; check that its folder is there, has room, and this user may write to it",
                e);
    }
}
