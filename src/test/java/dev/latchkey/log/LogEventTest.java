package dev.latchkey.log;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import dev.latchkey.harness.OwnClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The kinds of lines, which alerts and filters are written for. */
class LogEventTest {
    private static final Path PAGE = Path.of(System.getProperty("latchkey.root", "."), "src", "docs", "operations.md");

    @Test
    void everyKind_isInTheTableOfThePage_andNoOther() throws IOException {
        List<String> rows = Stream.of(Files.readString(PAGE).split("(?m)^## ", -1))
                .filter(section -> section.startsWith("Logs\n"))
                .flatMap(section ->
                        section.substring(section.indexOf("| event | when |")).lines())
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(LogEvent.values())
                        .map(event -> "| `" + event.id() + "` | " + event.meaning() + " |")
                        .toList());
    }

    @Test
    void everyLine_hasAKind() {
        Set<String> levels = Set.of("trace", "debug", "info", "warn", "error");
        noClasses()
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("it writes a line without a kind") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isEquivalentTo(Logger.class) && levels.contains(call.getName());
                    }
                })
                .check(OwnClasses.ALL);
    }
}
