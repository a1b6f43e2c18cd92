package dev.latchkey.cli;

import java.util.List;
import java.util.Optional;

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
}
