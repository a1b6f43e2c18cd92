package dev.latchkey.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the page for operators work as they stand, one after the other. */
class OperationsPageTest {
    private static final Pattern COMMAND = Pattern.compile("(?:echo \"(.*)\" \\| )?latchkey (.*)");

    @TempDir
    private Path folder;

    @Test
    void commands_work() throws IOException {
        int run = 0;
        for (String block : new Page("operations.md").blocks("bash")) {
            for (String line : block.lines().toList()) {
                if (line.startsWith("mkdir ")) {
                    Files.createDirectory(folder.resolve(line.substring("mkdir ".length())));
                    continue;
                }
                Matcher command = COMMAND.matcher(line);
                assertThat(command.matches()).as(line).isTrue();
                String[] words = command.group(2)
                        .replaceAll("(backups|store\\.db|moved\\.db)", Matcher.quoteReplacement(folder + "/") + "$1")
                        .split(" ", -1);
                CliRun done = CliRun.with(Map.of(), command.group(1) == null ? "" : command.group(1) + "\n", words);
                assertThat(done.code()).as("%s: %s", line, done.err()).isZero();
                run++;
            }
        }
        assertThat(run).isGreaterThan(6);
    }
}
