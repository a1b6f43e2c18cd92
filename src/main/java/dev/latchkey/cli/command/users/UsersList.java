package dev.latchkey.cli.command.users;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.server.Services;
import dev.latchkey.user.User;
import dev.latchkey.user.UserJson;

/** {@code users list}: who may sign in. */
public final class UsersList implements Command {
    private static final int NARROWEST = 20;

    @Override
    public void declare(Syntax syntax) {
        syntax.store().json().example("latchkey users list");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context);
                Progress progress = new Progress(context, "users listed")) {
            Pages<User> users = all(services, context, progress);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(context.out(), users, UserJson::of);
            } else if (users.isEmpty()) {
                context.err().println("There is no user yet; the service makes an Owner when it first starts.");
            } else {
                print(users, context);
            }
        }
        return ExitCodes.DONE;
    }

    /** All users, by name. */
    static Pages<User> all(Services services, CliContext context, Progress progress) {
        return new Pages<>(
                context,
                progress,
                last -> services.users().after(StoreAccess.operator(), last == null ? "" : last.name(), Pages.ROWS));
    }

    private static void print(Pages<User> users, CliContext context) {
        try (Table table = new Table(
                context,
                new Table.Column("NAME", NARROWEST),
                Table.Column.whole("ROLE"),
                Table.Column.whole("SINCE"))) {
            users.forEach(user -> table.row(
                    user.name(), user.role().publicName(), user.createdAt().toString()));
        }
    }
}
