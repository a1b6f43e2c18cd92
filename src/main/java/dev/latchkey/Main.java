package dev.latchkey;

import dev.latchkey.cli.Cli;
import dev.latchkey.cli.command.Commands;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.LocaleData;
import dev.latchkey.cli.terminal.StderrLogging;
import java.util.Arrays;

/** The program: words in, exit code out. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        LocaleData.install();
        StderrLogging.install(Arrays.asList(args).contains("--verbose"));
        System.exit(new Cli(CliContext.ofProcess(), Commands.table()).run(args));
    }
}
