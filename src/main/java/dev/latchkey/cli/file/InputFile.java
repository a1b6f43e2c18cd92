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
        byte[] bytes;
        try {
            bytes = name.equals(STDIN) ? context.in().readNBytes(most + 1) : read(name, most + 1);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        if (bytes.length > most) {
            throw ServiceException.of(
                    ErrorKind.MISCONFIGURED, shown(name) + " is larger than " + most + " bytes, which is too much");
        }
        return bytes;
    }

    private static byte[] read(String name, int most) throws IOException {
        try (InputStream in = Files.newInputStream(OutputFile.path(name))) {
            return in.readNBytes(most);
        }
    }

    public static ServiceException unreadable(String name, IOException e) {
        return ServiceException.of(
                ErrorKind.MISCONFIGURED,
                e instanceof NoSuchFileException
                        ? "there is no file " + name
                        : shown(name) + " cannot be read; check that it is a file which this user may read",
                e);
    }
}
