package dev.latchkey.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed after the command, read but not judged.
 *
 * @param options by each option's first name; a flag has no values
 * @param words what belongs to no option, in order
 */
public record Arguments(Map<String, List<String>> options, List<String> words) {
    public Arguments {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        options.forEach((name, values) -> copy.put(name, List.copyOf(new ArrayList<>(values))));
        options = Map.copyOf(copy);
        words = List.copyOf(words);
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    /** All values of an option that may stand there more than once. */
    public List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    public Optional<String> value(String option) {
        return values(option).stream().findFirst();
    }

    /** The one word of a command that must have one. */
    public String word() {
        return words.get(0);
    }
}
