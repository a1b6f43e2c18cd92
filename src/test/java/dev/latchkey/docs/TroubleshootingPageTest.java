package dev.latchkey.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each message on the page for troubles is one that the program has. */
class TroubleshootingPageTest {
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)`");

    /** Literals that are put together by {@code +} are one text. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void everyMessage_isOneOfTheProgram() throws IOException {
        String code;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            code = files.filter(file -> file.toString().endsWith(".java"))
                    .map(TroubleshootingPageTest::read)
                    .collect(Collectors.joining());
        }
        String joined = JOINT.matcher(code).replaceAll("");
        List<String> parts = MESSAGE.matcher(new Page("troubleshooting.md").text())
                .results()
                .flatMap(match -> Stream.of(match.group(1).split("…", -1)))
                .map(part -> part.replaceAll("^[;,] | $", "").strip())
                .filter(part -> !part.isEmpty())
                .toList();
        assertThat(parts).hasSizeGreaterThan(40);
        assertThat(parts)
                .allSatisfy(part -> assertThat(joined.contains(part)).as(part).isTrue());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
