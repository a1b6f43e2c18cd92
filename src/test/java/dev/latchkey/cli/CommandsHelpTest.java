package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.Commands;
import dev.latchkey.cli.terminal.TerminalText;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code --help} says about each verb. */
class CommandsHelpTest {
    private static final int COLUMNS = 80;

    @ParameterizedTest
    @EnumSource
    void help_fitsEightyColumns_andHasAnExampleThatNamesTheVerb(Commands command) {
        CliRun run = CliRun.of((command.path() + " --help").split(" ", -1));
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).allMatch(line -> TerminalText.width(line) <= COLUMNS);
        List<String> examples = run.out()
                .lines()
                .dropWhile(line -> !line.equals("For example"))
                .skip(1)
                .toList();
        assertThat(examples).isNotEmpty().allMatch(line -> line.startsWith("  "));
        assertThat(examples).anyMatch(line -> line.contains("latchkey " + command.path()));
    }

    @ParameterizedTest
    @EnumSource
    void help_tellsOfTheOptionsThatEveryVerbHas(Commands command) {
        assertThat(CliRun.of((command.path() + " --help").split(" ", -1)).out())
                .contains("--help")
                .contains("--verbose");
    }

    @Test
    void overview_fitsEightyColumns() {
        assertThat(CliRun.of("help").out().lines()).allMatch(line -> TerminalText.width(line) <= COLUMNS);
        assertThat(CliRun.of("help", "users").out().lines())
                .allMatch(line -> TerminalText.width(line) <= COLUMNS)
                .hasSize(7);
    }

    /** A flag that is in no example is still told; one that is in an example is one that the verb takes. */
    @ParameterizedTest
    @EnumSource
    void flagsInExamples_areFlagsOfTheVerb(Commands command) {
        Syntax syntax = Syntax.of(command);
        Stream<String> flags = syntax.examples().stream()
                .filter(line -> line.startsWith("latchkey " + command.path()))
                .flatMap(line -> Stream.of(line.split("[ =]", -1)))
                .filter(word -> word.startsWith("--"));
        assertThat(flags).allMatch(flag -> syntax.find(flag).isPresent());
    }
}
