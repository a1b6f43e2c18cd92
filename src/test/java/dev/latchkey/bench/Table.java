package dev.latchkey.bench;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** What is printed: a line for each row as soon as it is measured, and at the end what was missing. */
final class Table {
    private final Set<String> missing = new LinkedHashSet<>();

    /** Begins a part of the table. */
    void part(String what, String value, String ratio) {
        say("");
        line(what, value, "min..max", ratio, "min..max", "goal");
    }

    void row(String what, Spread value, Spread ratio, String goal) {
        line("  " + what, value.median(), value.range(), ratio.median(), ratio.range(), goal);
    }

    /** A row whose runs had answers other than 2xx, or broken connections, says so. */
    void row(String what, Spread value, Spread ratio, String goal, Runs runs) {
        String failed = runs.failures() == 0 ? "" : "  " + runs.failures() + " REQUESTS FAILED";
        row(what, value, ratio, goal + failed);
    }

    /** Says in the end that something could not be measured, or not in the usual way. */
    void missing(String what) {
        missing.add(what);
    }

    void end() {
        say("");
        if (missing.isEmpty()) {
            say("Nothing was missing.");
        }
        missing.forEach(what -> say("Missing: %s", what));
    }

    void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private void line(String what, String value, String range, String ratio, String ratioRange, String goal) {
        say("%-46s %9s  %-15s %9s  %-15s %s", what, value, range, ratio, ratioRange, goal);
    }
}
