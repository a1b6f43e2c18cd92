package dev.latchkey.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fenced blocks of the pages under src/docs, and the programs that they are for. */
public final class Recipes {
    private static final Path DOCS = Path.of(System.getProperty("latchkey.root", "."), "src", "docs");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]+\\n(.*?)^```$");

    private Recipes() {}

    /** The blocks under a heading, in order. */
    public static List<String> blocks(String page, String heading) {
        try {
            String section = Stream.of(Files.readString(DOCS.resolve(page)).split("(?m)^## ", -1))
                    .filter(text -> text.startsWith(heading + "\n"))
                    .findFirst()
                    .orElseThrow();
            List<String> blocks = BLOCK.matcher(section)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(blocks).as(heading).isNotEmpty();
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a program is installed. */
    public static Optional<Path> find(String program) {
        String path = System.getenv("PATH");
        return Stream.concat(
                        Stream.of((path == null ? "" : path).split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
