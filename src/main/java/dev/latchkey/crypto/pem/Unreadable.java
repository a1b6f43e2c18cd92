package dev.latchkey.crypto.pem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why a file could not be read. */
final class Unreadable {
    /** A folder's modes are not judged: the command that mends a file would close it to other users. */
    static final String FOLDER = "cannot be read: it is a folder; name a file in it";

    private Unreadable() {}

    /** To follow the file's name. */
    static String reason(Path file, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "cannot be read: there is no such file; check its path";
        }
        if (failure instanceof AccessDeniedException) {
            return "cannot be read: this process's user may not read it; give the file to that user, or to one of its"
                    + " groups with the mode 0440";
        }
        return Files.isDirectory(file) ? FOLDER : "cannot be read";
    }
}
