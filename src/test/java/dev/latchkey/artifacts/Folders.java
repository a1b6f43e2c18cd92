package dev.latchkey.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
final class Folders {
    private Folders() {}

    /** Copies a folder, but not what was built in it. */
    static void copy(Path from, Path to) throws IOException {
        for (Path path : walk(from)) {
            Path relative = from.relativize(path);
            if (Stream.iterate(relative, step -> step != null, Path::getParent)
                    .noneMatch(step -> step.endsWith("target"))) {
                Path copy = to.resolve(relative);
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /** Removes a folder, if it is there; of links, not what they lead to. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path :
                    walk(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }
}
