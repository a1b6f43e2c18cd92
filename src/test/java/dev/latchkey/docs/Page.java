package dev.latchkey.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param name {@code README.md}, or that of a file in {@code src/docs}
 */
public record Page(String name) {
    /** The page that every reader begins with. */
    public static final Page README = new Page("README.md");

    private static final Path ROOT = Path.of(System.getProperty("latchkey.root", "."));
    private static final String FENCE = "```";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /**
     * What is fenced.
     *
     * @param heading of its section, empty before the first
     * @param language empty where none is named
     */
    public record Block(String page, String heading, String language, String text) {}

    /** All of them, the README first. */
    static List<Page> all() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("src/docs"))) {
            Stream<Page> pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .map(Page::new);
            return Stream.concat(Stream.of(README), pages).toList();
        }
    }

    Path file() {
        return equals(README) ? ROOT.resolve(name) : ROOT.resolve("src/docs").resolve(name);
    }

    public String text() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        List<String> lines = text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("## ")) {
                heading = line.substring("## ".length());
            } else if (line.startsWith(FENCE)) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
                String inside = String.join("\n", lines.subList(i + 1, end)) + "\n";
                blocks.add(new Block(name, heading, line.substring(FENCE.length()), inside));
                i = end;
            }
        }
        return blocks;
    }

    /** The blocks in a language, in their order. */
    public List<String> blocks(String language) {
        return texts(blocks().stream().filter(block -> block.language().equals(language)));
    }

    /** The blocks of a section, in their order. */
    public static List<String> blocks(String page, String heading) {
        List<String> blocks = texts(
                new Page(page).blocks().stream().filter(block -> block.heading().equals(heading)));
        assertThat(blocks).as(heading).isNotEmpty();
        return blocks;
    }

    /** The commands of latchkey in a block, each as its words. */
    public static List<List<String>> commands(String block) {
        return block.replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith("latchkey "))
                .map(line -> WORD.matcher(line)
                        .results()
                        .skip(1)
                        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                        .toList())
                .toList();
    }

    private static List<String> texts(Stream<Block> blocks) {
        return blocks.map(Block::text).toList();
    }
}
