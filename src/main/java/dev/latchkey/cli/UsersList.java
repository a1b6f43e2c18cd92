package dev.latchkey.cli;

import dev.latchkey.server.Services;
import dev.latchkey.user.User;
import dev.latchkey.user.UserJson;

/** {@code users list}: who may sign in. */
final class UsersList implements Command {
    private static final int NARROWEST = 20;

    @Override
    public void declare(Syntax syntax) {
        syntax.store().json().example("latchkey users list");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.open(arguments, surroundings);
                Progress progress = new Progress(surroundings, "users listed")) {
            Pages<User> users = all(services, surroundings, progress);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(surroundings.out(), users, UserJson::of);
            } else if (users.isEmpty()) {
                surroundings.err().println("There is no user yet; the service makes an Owner when it first starts.");
            } else {
                print(users, surroundings);
            }
        }
        return ExitCodes.DONE;
    }

    /** All users, by name. */
    static Pages<User> all(Services services, Surroundings surroundings, Progress progress) {
        return new Pages<>(
                surroundings,
                progress,
                last -> services.users().after(StoreAccess.operator(), last == null ? "" : last.name(), Pages.ROWS));
    }

    private static void print(Pages<User> users, Surroundings surroundings) {
        try (Table table = new Table(
                surroundings,
                new Table.Column("NAME", NARROWEST),
                Table.Column.whole("ROLE"),
                Table.Column.whole("SINCE"))) {
            users.forEach(user -> table.row(
                    user.name(), user.role().publicName(), user.createdAt().toString()));
        }
    }
}
