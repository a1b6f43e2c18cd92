package dev.latchkey;

import dev.latchkey.cli.Cli;
import dev.latchkey.cli.LocaleData;
import dev.latchkey.cli.StderrLogging;
import dev.latchkey.cli.Surroundings;

/** The program: words in, exit code out. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        LocaleData.install();
        StderrLogging.install();
        System.exit(new Cli(Surroundings.ofProcess()).run(args));
    }
}
