package dev.latchkey.cli.command.issuers;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.server.Services;

/** {@code issuers remove}: trusts an issuer that no key names no more. */
public final class IssuersRemove implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME", 1, 1).store().example("latchkey issuers remove github");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            services.issuers().remove(StoreAccess.operator(), arguments.word());
            context.out().println("Removed issuer " + TerminalText.line(arguments.word()));
        }
        return ExitCodes.DONE;
    }
}
