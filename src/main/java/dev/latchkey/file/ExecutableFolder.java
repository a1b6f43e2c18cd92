package dev.latchkey.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds a folder that native libraries can be written to and loaded from. */
public final class ExecutableFolder {
    private ExecutableFolder() {}

    /**
     * The first that takes files of so many bytes and lets them be executed; a file system that is full, or mounted {@code
     * noexec}, does not.
     */
    public static Optional<Path> firstOf(List<Path> folders, long bytes) {
        return folders.stream()
                .filter(folder -> folder.toFile().getUsableSpace() >= bytes && takesPrograms(folder))
                .findFirst();
    }

    /** Linux answers the question for a {@code noexec} mount too: access(2) with X_OK. */
    private static boolean takesPrograms(Path folder) {
        try {
            Path probe =
                    Files.createTempFile(folder, "latchkey-", ".probe", PrivateFiles.attributes(folder, "rwx------"));
            try {
                return Files.isExecutable(probe);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            return false;
        }
    }
}
