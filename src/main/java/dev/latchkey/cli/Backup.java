package dev.latchkey.cli;

import dev.latchkey.server.Services;

/** {@code backup}: a consistent copy of a SQLite store, also while the service runs. */
final class Backup implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("FILE", 1, 1).store().example("latchkey backup latchkey-$(date +%F).db");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        String file = arguments.word();
        if (file.equals(InputFile.STDIN)) {
            throw ExitCodes.usage("a backup cannot go to standard output; name a file");
        }
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            services.backup(OutputFile.path(file));
            surroundings.out().println("Copied the store to " + Visible.line(file));
        }
        return ExitCodes.DONE;
    }
}
