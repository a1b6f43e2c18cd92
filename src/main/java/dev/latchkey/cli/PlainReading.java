package dev.latchkey.cli;

import dev.latchkey.cli.Syntax.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the plain form that nearly all command lines have: {@code --flag}, {@code --name value}, {@code --name=value}
 * and words, none of them beginning with a dash. Where anything else stands it answers nothing, and {@link
 * PicocliReading} decides; what it does answer is what that would.
 */
final class PlainReading {
    private final Syntax syntax;
    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();

    private PlainReading(Syntax syntax) {
        this.syntax = syntax;
    }

    static Optional<Arguments> read(Syntax syntax, List<String> typed) {
        PlainReading reading = new PlainReading(syntax);
        int next = 0;
        while (next < typed.size()) {
            int taken = reading.take(typed, next);
            if (taken == 0) {
                return Optional.empty();
            }
            next += taken;
        }
        return Optional.of(new Arguments(reading.options, reading.words));
    }

    /** Takes what stands at the index; answers how many of the typed it was, 0 when it is not plain. */
    private int take(List<String> typed, int index) {
        String text = typed.get(index);
        if (isWord(text)) {
            words.add(text);
            return 1;
        }
        int equals = text.indexOf('=');
        Optional<Option> found = syntax.find(equals < 0 ? text : text.substring(0, equals));
        if (found.isEmpty()
                || (options.containsKey(found.get().name()) && !found.get().repeatable())) {
            return 0;
        }
        List<String> values = options.computeIfAbsent(found.get().name(), name -> new ArrayList<>());
        if (found.get().label() == null) {
            return equals < 0 ? 1 : 0;
        }
        String value = equals < 0 ? following(typed, index) : text.substring(equals + 1);
        values.add(value);
        return isWord(value) ? (equals < 0 ? 2 : 1) : 0;
    }

    private static String following(List<String> typed, int index) {
        return index + 1 < typed.size() ? typed.get(index + 1) : "";
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && !text.startsWith("-");
    }
}
