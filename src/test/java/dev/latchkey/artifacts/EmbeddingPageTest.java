package dev.latchkey.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.latchkey.Latchkey;
import dev.latchkey.LatchkeyException;
import dev.latchkey.Store;
import dev.latchkey.harness.OwnClasses;
import dev.latchkey.testing.Break;
import dev.latchkey.testing.Endpoint;
import dev.latchkey.testing.Fault;
import dev.latchkey.testing.LatchkeyExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page on embedding shows the samples as they are, and lists the public API as it is. */
class EmbeddingPageTest {
    private static final Path PAGE = Artifacts.ROOT.resolve("src/docs/embedding.md");
    private static final List<Class<?>> API = List.of(
            Latchkey.class,
            LatchkeyException.class,
            Store.class,
            Break.class,
            Endpoint.class,
            Fault.class,
            LatchkeyExtension.class);

    /** A block, after the place that it is from: {@code <!-- FILE#REGION -->}. */
    private static final Pattern BLOCK = Pattern.compile("(?ms)^<!-- (\\S+)#(\\S+) -->\\n```\\w+\\n(.*?)^```$");

    private static final Pattern LAST = Pattern.compile("(?s)\\n```text\\n([^`]*)```\\s*\\z");

    @Test
    void publicTypes_areThoseOfTheApi() {
        assertThat(OwnClasses.ALL.stream()
                        .filter(type ->
                                List.of("dev.latchkey", "dev.latchkey.testing").contains(type.getPackageName()))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                        .map(JavaClass::getName)
                        .filter(name -> !name.equals("dev.latchkey.Main")))
                .containsExactlyInAnyOrderElementsOf(
                        API.stream().map(Class::getName).toList());
    }

    @Test
    void page_endsWithEveryPublicSignature() throws IOException {
        String wanted =
                API.stream().flatMap(type -> Signatures.of(type).stream()).collect(Collectors.joining("\n", "", "\n"));
        Matcher last = LAST.matcher(Files.readString(PAGE));

        assertThat(last.find() ? last.group(1) : "no block of text at the end")
                .as("the last block of %s; it is now:%n%s", PAGE, wanted)
                .isEqualTo(wanted);
    }

    @TestFactory
    Stream<DynamicTest> blocks_areWhatTheSamplesHave() throws IOException {
        String page = Files.readString(PAGE);
        List<MatchResult> blocks = BLOCK.matcher(page).results().toList();
        assertThat(blocks)
                .as("every block of code names its place")
                .hasSameSizeAs(Pattern.compile("(?m)^```(java|xml)$")
                        .matcher(page)
                        .results()
                        .toList());
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.group(1) + "#" + block.group(2),
                        () -> assertThat(block.group(3))
                                .isEqualTo(region(
                                        Artifacts.ROOT.resolve("src/samples").resolve(block.group(1)),
                                        block.group(2)))));
    }

    /** What stands between the two comments that mark it, moved to the left. */
    private static String region(Path file, String name) throws IOException {
        Matcher region = Pattern.compile("(?s)[^\\n]* region: " + name + "\\b[^\\n]*\\n(.*?)\\n[^\\n]* endregion")
                .matcher(Files.readString(file));
        assertThat(region.find()).as("region %s of %s", name, file).isTrue();
        return region.group(1).stripIndent() + "\n";
    }
}
