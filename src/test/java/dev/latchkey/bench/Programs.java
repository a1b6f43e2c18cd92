package dev.latchkey.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which things are started.
 *
 * @param runSh this checkout's run.sh
 * @param jar the packaged service
 * @param java the JVM
 * @param flags what run.sh gives the JVM
 */
record Programs(String runSh, String jar, String java, List<String> flags) {
    /** The service as people start it from a checkout. */
    List<String> checkout(String... args) {
        return command(List.of(runSh), args);
    }

    /** The service without a shell, under the options that run.sh has written down. */
    List<String> underOptions(String... args) {
        Path options = Path.of(jar).resolveSibling("java.options");
        return command(List.of(java, "@" + options, "-jar", jar), args);
    }

    /** The service as people start the jar alone. */
    List<String> jarAlone(String... args) {
        return command(List.of(java, "-jar", jar), args);
    }

    /** A class of these measurements, under the flags that the service has. */
    List<String> beside(Class<?> main, String... args) {
        List<String> start = new ArrayList<>(List.of(java));
        start.addAll(flags);
        start.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command(start, args);
    }

    private static List<String> command(List<String> start, String... args) {
        List<String> words = new ArrayList<>(start);
        words.addAll(List.of(args));
        return words;
    }
}
