package dev.latchkey.cli;

import dev.latchkey.server.Services;

/** {@code users remove}: somebody who may no longer sign in. */
final class UsersRemove implements Command {
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
