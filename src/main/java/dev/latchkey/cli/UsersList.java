package dev.latchkey.cli;

import dev.latchkey.server.Services;
import dev.latchkey.user.User;
import dev.latchkey.user.UserJson;
import java.util.List;

/** {@code users list}: who may sign in. */
final class UsersList implements Command {
    private static final int NARROWEST = 20;

    @Override
    public void declare(Syntax syntax) {
        syntax.store().json().example("latchkey users list");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            List<User> users = services.users().list(StoreAccess.operator());
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(surroundings.out(), users, UserJson::write);
            } else if (users.isEmpty()) {
                surroundings.err().println("There is no user yet; the service makes an Owner when it first starts.");
            } else {
                Table table = new Table(
                        new Table.Column("NAME", NARROWEST), Table.Column.whole("ROLE"), Table.Column.whole("SINCE"));
                users.forEach(user -> table.row(
                        user.name(), user.role().publicName(), user.createdAt().toString()));
                surroundings.out().print(table.text());
            }
        }
        return ExitCodes.DONE;
    }
}
