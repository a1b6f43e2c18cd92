package dev.latchkey.cli.command.scopes;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.server.Services;

/** {@code scopes remove}: takes a scope that no key has out of the catalogue. */
public final class ScopesRemove implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME", 1, 1).store().example("latchkey scopes remove fx");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            services.scopes().remove(StoreAccess.operator(), arguments.word());
            context.out().println("Removed scope " + TerminalText.line(arguments.word()));
        }
        return ExitCodes.DONE;
    }
}
