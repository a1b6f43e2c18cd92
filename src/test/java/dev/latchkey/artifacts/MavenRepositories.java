package dev.latchkey.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Local repositories of Maven that share what was fetched with the user's. */
final class MavenRepositories {
    private static final Path USERS =
            Path.of(System.getProperty("latchkey.repository", System.getProperty("user.home") + "/.m2/repository"));

    private MavenRepositories() {}

    /**
     * Makes a repository in an empty or new folder. All folders of the user's are in it, by links, but the one at the path
     * {@code own}, which is empty: what is installed there does not reach the user's, nor is it met from there.
     */
    static void share(Path repository, String own) throws IOException {
        Path users = USERS;
        Path mine = repository;
        for (Path step : Path.of(own)) {
            Files.createDirectories(mine);
            Files.createDirectories(users);
            for (Path there : list(users)) {
                if (!there.getFileName().equals(step)) {
                    Files.createSymbolicLink(mine.resolve(there.getFileName()), there);
                }
            }
            users = users.resolve(step);
            mine = mine.resolve(step);
        }
        Files.createDirectories(mine);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
