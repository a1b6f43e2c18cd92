package dev.latchkey.cli;

import dev.latchkey.config.Variables;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said of variables that have no effect, and were probably meant to have one. */
final class VariableWarnings {
    private VariableWarnings() {}

    /** A line for each; the first ones only for a command that asks for a service's port. */
    static List<String> of(Map<String, String> env, boolean readsPort) {
        List<String> ignored = readsPort
                ? Variables.ignoredPorts(env).stream()
                        .map(name -> name + " is ignored: its value is what Kubernetes injects for a Service of this"
                                + " name, not a port; enableServiceLinks: false leaves it out")
                        .toList()
                : List.of();
        List<String> misspelt = env.keySet().stream()
                .sorted()
                .map(VariableWarnings::misspelt)
                .flatMap(Optional::stream)
                .toList();
        return Stream.concat(ignored.stream(), misspelt.stream()).toList();
    }

    private static Optional<String> misspelt(String name) {
        String upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
        List<String> known = Variables.names();
        if (!upper.startsWith(Variables.PREFIX) || known.contains(name) || Variables.isInjected(name)) {
            return Optional.empty();
        }
        return meant(upper, known).map(right -> name + " has no effect; did you mean " + right + "?");
    }

    /** Judged without what all of them begin with, which would make any two look alike. */
    private static Optional<String> meant(String upper, List<String> known) {
        String word = upper.substring(Variables.PREFIX.length());
        List<String> words = known.stream()
                .map(each -> each.substring(Variables.PREFIX.length()))
                .toList();
        return SpellingSuggester.nearest(word, words)
                .or(() ->
                        words.stream().filter(each -> each.endsWith("_" + word)).findFirst())
                .map(right -> Variables.PREFIX + right);
    }
}
