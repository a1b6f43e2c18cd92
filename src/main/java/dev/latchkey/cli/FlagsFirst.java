package dev.latchkey.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Command lines that begin with options, {@code latchkey --db x keys list}. */
final class FlagsFirst {
    private final CommandTable commands;

    FlagsFirst(CommandTable commands) {
        this.commands = commands;
    }

    /** The same words with the command first; empty when no command follows the options. */
    Optional<List<String>> commandFirst(List<String> words) {
        boolean named = IntStream.range(1, words.size())
                .anyMatch(i -> commands.find(words.subList(i, words.size())).isPresent());
        if (!named) {
            return Optional.empty();
        }
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += takesNext(words.get(at)) ? 2 : 1;
        }
        if (at >= words.size()) {
            return Optional.empty();
        }
        List<String> rest = words.subList(at, words.size());
        Optional<CommandEntry> command = commands.find(rest);
        return command.map(name -> {
            int length = name.words().size();
            List<String> ordered = new ArrayList<>(rest.subList(0, length));
            ordered.addAll(words.subList(0, words.size() - rest.size()));
            ordered.addAll(rest.subList(length, rest.size()));
            return ordered;
        });
    }

    /** Whether the word after an option is its value, in the first of the commands that have the option. */
    private boolean takesNext(String option) {
        return option.indexOf('=') < 0
                && commands.entries().stream()
                        .map(Syntax::of)
                        .flatMap(syntax -> syntax.options().stream())
                        .filter(known -> Arrays.asList(known.names()).contains(option))
                        .findFirst()
                        .map(known -> !Syntax.isFlag(known))
                        .orElse(false);
    }
}
