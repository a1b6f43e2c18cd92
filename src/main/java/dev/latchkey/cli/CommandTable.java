package dev.latchkey.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The commands that a command line has.
 *
 * @param entries in the order in which help lists them; the first is run when no command is named
 */
public record CommandTable(List<CommandEntry> entries) {
    public CommandTable {
        entries = List.copyOf(entries);
    }

    CommandEntry first() {
        return entries.get(0);
    }

    /** The command that the words begin with. */
    Optional<CommandEntry> find(List<String> words) {
        return entries.stream()
                .filter(command -> startsWith(words, command.words()))
                .findFirst();
    }

    /** All commands whose path begins with these words. */
    List<CommandEntry> under(List<String> words) {
        return entries.stream()
                .filter(command -> startsWith(command.words(), words))
                .toList();
    }

    private static boolean startsWith(List<String> words, List<String> beginning) {
        return words.size() >= beginning.size()
                && words.subList(0, beginning.size()).equals(beginning);
    }

    /**
     * The words of a line that begins with options, {@code latchkey --db x keys list}, with the command first; empty when
     * no command follows the options.
     */
    Optional<List<String>> commandFirst(List<String> words) {
        boolean named = IntStream.range(1, words.size())
                .anyMatch(i -> find(words.subList(i, words.size())).isPresent());
        int at = 0;
        while (named && at < words.size() && words.get(at).startsWith("-")) {
            at += takesNext(words.get(at)) ? 2 : 1;
        }
        if (!named || at >= words.size()) {
            return Optional.empty();
        }
        List<String> options = words.subList(0, at);
        List<String> rest = words.subList(at, words.size());
        return find(rest).map(command -> {
            List<String> ordered = new ArrayList<>(command.words());
            ordered.addAll(options);
            ordered.addAll(rest.subList(command.words().size(), rest.size()));
            return ordered;
        });
    }

    /** Whether the word after an option is its value, in the first of the commands that have the option. */
    private boolean takesNext(String option) {
        return option.indexOf('=') < 0
                && entries.stream()
                        .flatMap(command -> Syntax.of(command).options().stream())
                        .filter(known -> Arrays.asList(known.names()).contains(option))
                        .findFirst()
                        .map(known -> !Syntax.isFlag(known))
                        .orElse(false);
    }
}
