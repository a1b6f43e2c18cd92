package dev.latchkey.cli.command.users;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.permission.Role;
import dev.latchkey.server.Services;
import dev.latchkey.user.User;
import dev.latchkey.user.UserJson;

/** {@code users role}: another role for a user. */
public final class UsersRole implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME ROLE", 2, 2).store().json().example("latchkey users role ann owner");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        Role role = RoleWord.parse(arguments.words().get(1));
        try (Services services = StoreAccess.open(arguments, context)) {
            User changed = services.users().changeRole(StoreAccess.operator(), arguments.word(), role);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.print(context.out(), UserJson.of(changed));
            } else {
                context.out().println(changed.name() + " is " + role.publicName() + " from now on");
            }
        }
        return ExitCodes.DONE;
    }
}
