package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.Commands;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.Screen;
import dev.latchkey.harness.Answers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    private static final int USAGE = 2;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help", "--verbose --help"})
    void help_namesEveryCommand(String words) {
        CliRun run = CliRun.of(words.split(" ", -1));
        assertThat(run.code()).isZero();
        for (Commands command : Commands.values()) {
            assertThat(run.out()).contains("  " + command.path() + " ");
        }
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void helpOfACommand_namesItsOptions_inEachWayToAsk(Commands command) {
        String path = command.path();
        CliRun asked = CliRun.of(("help " + path).split(" ", -1));
        CliRun flagged = CliRun.of((path + " --help").split(" ", -1));
        CliRun shortly = CliRun.of((path + " -h").split(" ", -1));
        assertThat(asked.code()).isZero();
        assertThat(asked.out()).startsWith("Usage: latchkey " + path).contains("--verbose");
        assertThat(flagged).isEqualTo(asked);
        assertThat(shortly).isEqualTo(asked);
    }

    @Test
    void helpOfServe_namesDefaultsAndVariables() {
        assertThat(CliRun.of("serve", "--help").out().replaceAll("\\s+", " ")).contains("default 8080; LATCHKEY_PORT");
    }

    @Test
    void helpOfAGroup_namesItsCommands() {
        assertThat(CliRun.of("keys", "--help").out()).contains("keys create").doesNotContain("scopes");
        assertThat(CliRun.of("help", "keys")).isEqualTo(CliRun.of("keys", "--help"));
    }

    @Test
    void version_isTheBuiltOne() {
        assertThat(CliRun.of("--version").out()).matches("latchkey \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(CliRun.of("version").out()).startsWith(CliRun.of("--version").out());
    }

    @Test
    void version_tellsWhatTheProgramRunsOn() {
        assertThat(Answers.json(CliRun.of("version", "--json").out()))
                .containsOnlyKeys("version", "commit", "date", "java", "sqlite", "crypto")
                .containsEntry("java", Runtime.version() + ", " + System.getProperty("java.vendor"))
                .hasEntrySatisfying(
                        "sqlite", sqlite -> assertThat(sqlite.toString()).matches("3\\.\\d+\\.\\d+"))
                .hasEntrySatisfying(
                        "crypto", crypto -> assertThat(crypto.toString()).isNotEmpty());
    }

    @Test
    void unknownCommand_suggestsTheNearOne() {
        CliRun run = CliRun.of("scope", "list");
        assertThat(run.code()).isEqualTo(USAGE);
        assertThat(run.oneLine()).contains("no command \"scope\"").contains("did you mean \"scopes\"?");
    }

    @Test
    void unknownVerb_namesTheVerbs() {
        CliRun run = CliRun.of("keys", "creat");
        assertThat(run.code()).isEqualTo(USAGE);
        assertThat(run.oneLine()).contains("create, list, show").contains("did you mean \"create\"?");
    }

    @Test
    void groupAlone_namesTheVerbs() {
        CliRun run = CliRun.of("scopes");
        assertThat(run.code()).isEqualTo(USAGE);
        assertThat(run.oneLine()).contains("add, list, remove");
    }

    @Test
    void unknownCommandThatCouldBeASecret_isNotRepeated() {
        String secret = "acs_" + "x".repeat(49);
        assertThat(CliRun.of(secret).oneLine()).doesNotContain("xx");
        assertThat(CliRun.of("keys", secret).oneLine()).doesNotContain("xx");
    }

    @Test
    void unknownOption_suggestsTheNearOne_andHidesItsValue() {
        CliRun run = CliRun.of("keys", "list", "--jsn=acs_verysecret");
        assertThat(run.code()).isEqualTo(USAGE);
        assertThat(run.oneLine())
                .contains("no option \"--jsn\"")
                .contains("did you mean \"--json\"?")
                .doesNotContain("secret");
    }

    @Test
    void firstWordThatIsAnOption_meansServe() {
        CliRun run = CliRun.of("--prot", "9000");
        assertThat(run.code()).isEqualTo(USAGE);
        assertThat(run.oneLine()).contains("serve has no option \"--prot\"").contains("did you mean \"--port\"?");
    }

    @Test
    void noWordAtAll_meansServe() {
        CliRun run = CliRun.with(Map.of("LATCHKEY_PORT", "http"), "");
        assertThat(run.code()).isEqualTo(USAGE);
        assertThat(run.oneLine()).contains("LATCHKEY_PORT must be a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port 1 --port 2", "--verbose=yes", "--", "-x", "", "-- --port"})
    void wrongForm_isOneLineAndTwo(String words) {
        CliRun run = CliRun.with(Map.of("LATCHKEY_PORT", "no"), "", words.split(" ", -1));
        assertThat(run.code()).isEqualTo(USAGE);
        assertThat(run.oneLine()).startsWith("latchkey: ");
    }

    @Test
    void lineBreaksInWhatWasTyped_stayInOneLine() {
        CliRun run = CliRun.of("keys", "list", "--a\nb\u001b[2J\u2028\u202ec");
        assertThat(run.oneLine()).contains("--a\\nb\\u001b[2J\\u2028\\u202ec");
    }

    @Test
    void verbose_addsTheStackTrace_wherePlacedFirstOrLast() {
        for (String[] args : new String[][] {{"--verbose", "inspect", "x"}, {"inspect", "x", "--verbose"}}) {
            CliRun run = CliRun.of(args);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).startsWith("latchkey: ").contains("\tat dev.latchkey.cli.");
        }
        assertThat(CliRun.of("inspect", "x").oneLine()).doesNotContain("at dev.");
    }

    @Test
    void characterLostInTheLocale_isRefusedBeforeItIsStored() {
        CliRun typed = CliRun.of("scopes", "add", "x", "--description", "Z\ufffdrich");
        CliRun set = CliRun.with(Map.of("LATCHKEY_OWNER_PASSWORD", "geheim\ufffd12345"), "");
        assertThat(typed.code()).isEqualTo(USAGE);
        assertThat(typed.oneLine()).contains("LC_ALL=C.UTF-8");
        assertThat(set.code()).isEqualTo(USAGE);
        assertThat(set.oneLine()).contains("LC_ALL=C.UTF-8").doesNotContain("geheim");
    }

    @Test
    void outputThatCannotBeWritten_isAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        CliContext context = new CliContext(
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(full, true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                Clock.systemUTC(),
                null,
                Screen.NONE);
        assertThat(new Cli(context, Commands.table()).run("--version")).isEqualTo(1);
    }
}
