package dev.latchkey.bench;

import dev.latchkey.testing.StartsInOneJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A start inside a program's own JVM, as the JUnit extension makes it, beside that of a Javalin that does nothing. */
final class Embedded implements Row {
    private final Setup setup;

    Embedded(Setup setup) {
        this.setup = setup;
    }

    @Override
    public void measure() throws IOException {
        List<double[]> latchkey = new ArrayList<>();
        List<double[]> javalin = new ArrayList<>();
        for (int i = 0; i < setup.settings().runs(); i++) {
            latchkey.add(starts("latchkey"));
            javalin.add(starts("javalin"));
        }
        Table table = setup.table();
        table.part("Start inside a JVM", "ms", "of Javalin");
        table.row("Javalin, first in a JVM", each(javalin, 0), Spread.none(), "");
        table.row("JUnit extension, first in a JVM", each(latchkey, 0), ratio(latchkey, javalin, 0), "< 400 ms");
        table.row("Javalin, the next ones", each(javalin, 1), Spread.none(), "");
        table.row("JUnit extension, the next ones", each(latchkey, 1), ratio(latchkey, javalin, 1), "< 60 ms");
    }

    /** A program's JVM has no flags of ours. */
    private double[] starts(String kind) throws IOException {
        List<String> command = List.of(
                setup.programs().java(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                StartsInOneJvm.class.getName(),
                kind);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String[] printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ", -1);
        if (printed.length != 2) {
            throw new IOException(String.join(" ", command) + " printed no figures");
        }
        return new double[] {Double.parseDouble(printed[0]), Double.parseDouble(printed[1])};
    }

    private static Spread each(List<double[]> starts, int figure) {
        return Spread.of(starts.stream().map(start -> start[figure]).toList());
    }

    private static Spread ratio(List<double[]> starts, List<double[]> others, int figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            ratios.add(starts.get(i)[figure] / others.get(i)[figure]);
        }
        return Spread.of(ratios);
    }
}
