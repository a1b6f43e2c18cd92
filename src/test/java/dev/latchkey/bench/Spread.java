package dev.latchkey.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What several runs came to, the least first. Empty where nothing was measured. */
record Spread(List<Double> sorted) {
    static Spread of(Collection<Double> values) {
        return new Spread(values.stream().sorted().toList());
    }

    static Spread none() {
        return new Spread(List.of());
    }

    String median() {
        int half = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return "-";
        }
        return number(sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2);
    }

    /** The least and the greatest; empty for a single run. */
    String range() {
        return sorted.size() < 2 ? "" : number(sorted.get(0)) + ".." + number(sorted.get(sorted.size() - 1));
    }

    private static String number(double value) {
        String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 2 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
