package dev.latchkey.cli.command;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.file.OutputFile;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.server.Services;

/** {@code backup}: a consistent copy of a SQLite store, also while the service runs. */
final class Backup implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("FILE", 1, 1).store().example("latchkey backup latchkey-$(date +%F).db");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        String file = arguments.word();
        if (file.equals(InputFile.STDIN)) {
            throw ExitCodes.usage("a backup cannot go to standard output; name a file");
        }
        try (Services services = StoreAccess.open(arguments, context)) {
            services.backup(OutputFile.path(file));
            context.out().println("Copied the store to " + TerminalText.line(file));
        }
        return ExitCodes.DONE;
    }
}
