package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    @TempDir
    private Path folder;

    /** What bash offers for the last of the words, which may be two quotes. */
    private List<String> complete(String line) throws IOException, InterruptedException {
        Path script = folder.resolve("completion.bash");
        Files.writeString(script, CliRun.of("completion").out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                                + " _complete_latchkey; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .directory(folder.toFile())
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return out.lines().map(String::strip).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey k,keys",
        "latchkey \"\",serve",
        "latchkey keys r,rotate",
        "latchkey users \"\",passwd",
        "latchkey keys rotate --g,--grace",
        "latchkey users add --role a,admin",
        "latchkey keys create --jwks comp,completion.bash",
        "latchkey keys import comp,completion.bash"
    })
    void bash_offersCommandsOptionsAndValues(String line, String offered) throws IOException, InterruptedException {
        assertThat(complete(line)).contains(offered);
    }

    @Test
    void script_namesEveryCommand_andIsTheSameEachTime() {
        CliRun run = CliRun.of("completion");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("bashcompinit");
        for (Commands command : Commands.values()) {
            assertThat(run.out())
                    .contains("latchkey_" + command.path().replace("-", "").replace(' ', '_'));
        }
        assertThat(CliRun.of("completion")).isEqualTo(run);
    }
}
