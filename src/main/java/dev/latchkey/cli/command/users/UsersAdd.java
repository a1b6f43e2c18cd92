package dev.latchkey.cli.command.users;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.server.Services;
import dev.latchkey.user.User;
import dev.latchkey.user.UserJson;
import dev.latchkey.user.Users;
import java.io.IOException;

/** {@code users add}: adds a user. */
public final class UsersAdd implements Command {
    private static final String ROLE = "--role";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME", 1, 1)
                .value(ROLE, "ROLE", "What they may do: " + RoleWord.NAMES + ".")
                .store()
                .json()
                .example("latchkey users add ann --role admin")
                .example("latchkey users add bob --role developer < password.txt");
    }

    @Override
    public int run(Arguments arguments, CliContext context) throws IOException {
        String name = arguments.word();
        Role role = RoleWord.parse(
                arguments.value(ROLE).orElseThrow(() -> ExitCodes.usage("--role is missing: give " + RoleWord.NAMES)));
        if (!Users.isName(name)) {
            throw ExitCodes.usage("NAME must be 1 to 64 of A-Z a-z 0-9 . _ @ -");
        }
        String password = NewPassword.read(name, context);
        Actor actor = StoreAccess.operator();
        try (Services services = StoreAccess.openOrCreate(arguments, context)) {
            Users users = services.users();
            User added = users.add(actor, name, role, password);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.print(context.out(), UserJson.of(added));
            } else {
                context.out().println("Added " + added.name() + ", " + role.publicName());
            }
            if (!hasOwner(services, context)) {
                context.err().println("There is no Owner yet; latchkey users add NAME --role owner makes one.");
            }
        }
        return ExitCodes.DONE;
    }

    private static boolean hasOwner(Services services, CliContext context) {
        try (Progress progress = new Progress(context, "users read")) {
            for (User user : UsersList.all(services, context, progress)) {
                if (user.role() == Role.OWNER) {
                    return true;
                }
            }
            return false;
        }
    }
}
