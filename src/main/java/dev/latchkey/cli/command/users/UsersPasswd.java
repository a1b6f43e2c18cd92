package dev.latchkey.cli.command.users;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.server.Services;
import java.io.IOException;
import java.util.Optional;

/** {@code users passwd}: another password for a user, which ends their sessions. */
public final class UsersPasswd implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME", 1, 1)
                .store()
                .example("latchkey users passwd ann")
                .example("latchkey users passwd ann < password.txt");
    }

    @Override
    public int run(Arguments arguments, CliContext context) throws IOException {
        String name = arguments.word();
        String password = NewPassword.read(name, context);
        try (Services services = StoreAccess.open(arguments, context)) {
            services.users().changePassword(StoreAccess.operator(), name, password, Optional.empty());
            context.out().println("Changed the password of " + name + " and ended their sessions");
        }
        return ExitCodes.DONE;
    }
}
