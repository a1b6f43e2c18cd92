package dev.latchkey.cli.command.users;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.server.Services;

/** {@code users remove}: removes a user. */
public final class UsersRemove implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME", 1, 1).store().example("latchkey users remove ann");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            services.users().remove(StoreAccess.operator(), arguments.word());
            context.out().println("Removed " + arguments.word());
        }
        return ExitCodes.DONE;
    }
}
