package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.Commands;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArgumentParserTest {
    private static final List<String> VALUES = List.of(
            "x",
            "a b",
            "a,b",
            "@file",
            "\"q\"",
            "'q'",
            "${env:HOME}",
            "{\"a\":1}",
            "",
            "-",
            "--",
            "-x",
            "=",
            "a=b",
            "--json",
            "--json=true",
            "ü",
            "%s",
            "\\",
            "help",
            "-h",
            "#c",
            "\n",
            "--name",
            "--scope",
            "--db=",
            "--db=-x");

    private static Invocation read(Commands command, List<String> typed) {
        return new Invocation(ArgumentParser.read(Syntax.of(command), typed), CliRun.context());
    }

    @Test
    void optionsWithAndWithoutEquals_areRead() {
        List<String> typed = List.of("--port", "9000", "--issuer=https://a.example/x=y", "--verbose");
        Invocation read = read(Commands.SERVE, typed);
        assertThat(read.value("--port")).contains("9000");
        assertThat(read.value("--issuer")).contains("https://a.example/x=y");
        assertThat(read.has("--verbose")).isTrue();
    }

    @Test
    void valueThatBeginsWithADash_isTakenAllTheSame() {
        Invocation read = read(Commands.KEYS_CREATE, List.of("n", "--description", "- a list", "--scope=-s"));
        assertThat(read.value("--description")).contains("- a list");
        assertThat(read.values("--scopes")).containsExactly("-s");
        assertThat(read.words()).containsExactly("n");
    }

    @Test
    void doubleDash_endsTheOptions() {
        assertThat(read(Commands.INSPECT, List.of("--", "--json")).words()).containsExactly("--json");
    }

    @Test
    void dashAlone_isAWord() {
        assertThat(read(Commands.INSPECT, List.of("-")).words()).containsExactly("-");
    }

    private static List<String> randomLine(Syntax syntax, Random random) {
        List<String> names = syntax.options().stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .toList();
        List<String> typed = new ArrayList<>();
        int length = random.nextInt(5);
        for (int i = 0; i < length; i++) {
            String value = VALUES.get(random.nextInt(VALUES.size()));
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> typed.add(name + "=" + value);
                case 1 -> typed.add(name);
                case 2 -> typed.addAll(List.of(name, value));
                default -> typed.add(value);
            }
        }
        return typed;
    }

    @ParameterizedTest
    @EnumSource
    void anyLine_isReadOrRefusedAsWrongUsage(Commands command) {
        Syntax syntax = Syntax.of(command);
        Random random = new Random(11);
        for (int i = 0; i < 400; i++) {
            List<String> typed = randomLine(syntax, random);
            try {
                assertThat(ArgumentParser.read(syntax, typed)).isNotNull();
            } catch (ServiceException e) {
                assertThat(ExitCodes.of(e)).isEqualTo(ExitCodes.USAGE);
            }
        }
    }
}
