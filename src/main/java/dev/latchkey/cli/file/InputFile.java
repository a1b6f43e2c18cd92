package dev.latchkey.cli.file;

import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that the command line names for a command to read. */
public final class InputFile {
    /** Stands for standard input. */
    public static final String STDIN = "-";

    private InputFile() {}

    /** How messages name it. */
    public static String shown(String name) {
        return name.equals(STDIN) ? "standard input" : name;
    }

    /** The file that an option names. */
    public static Path path(String option, String name) {
        try {
            if (!name.isBlank()) {
                return Path.of(name);
            }
        } catch (InvalidPathException e) {
            throw ServiceException.invalid(option, "must be a file's path");
        }
        throw ServiceException.invalid(option, "must be a file");
    }

    /** All of it; fails when it is not there, cannot be read, or has more than {@code most} bytes. */
    public static byte[] read(String name, int most, CliContext context) {
        try {
            byte[] bytes = read(name, most + 1L, context.in());
            if (bytes.length > most) {
                throw failure(shown(name) + " is larger than " + most + " bytes, which is too much", null);
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    public static ServiceException unreadable(String name, IOException e) {
        return e instanceof NoSuchFileException
                ? failure("there is no file " + name, e)
                : failure(shown(name) + " cannot be read; check that it is a file which this user may read", e);
    }

    private static byte[] read(String name, long most, InputStream stdin) throws IOException {
        if (name.equals(STDIN)) {
            return stdin.readNBytes(Math.toIntExact(most));
        }
        try (InputStream in = Files.newInputStream(OutputFile.path(name))) {
            return in.readNBytes(Math.toIntExact(most));
        }
    }

    private static ServiceException failure(String message, @Nullable Exception cause) {
        return cause == null
                ? ServiceException.of(ErrorKind.MISCONFIGURED, message)
                : ServiceException.of(ErrorKind.MISCONFIGURED, message, cause);
    }
}
