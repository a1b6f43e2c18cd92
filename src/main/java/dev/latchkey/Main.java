package dev.latchkey;

import dev.latchkey.cli.Cli;
import dev.latchkey.cli.CliContext;
import dev.latchkey.cli.LocaleData;
import dev.latchkey.cli.StderrLogging;
import java.util.Arrays;

/** The program: words in, exit code out. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        LocaleData.install();
        StderrLogging.install(Arrays.asList(args).contains("--verbose"));
        System.exit(new Cli(CliContext.ofProcess()).run(args));
    }
}
