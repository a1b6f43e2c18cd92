package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Role;
import dev.latchkey.server.Services;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.User;
import dev.latchkey.user.UserJson;
import dev.latchkey.user.Users;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The commands on the users of the management page. A password that a person chooses is never shown. */
final class UserCommands {
    private static final String ROLE = "--role";
    private static final int NARROWEST = 20;
    private static final String LOST_CHARACTER = "\uFFFD";

    /** {@code developer, admin or owner}. */
    private static final String ROLES = Arrays.stream(Role.values())
            .map(Role::publicName)
            .collect(Collectors.joining(", "))
            .replaceFirst(", (?=\\w+$)", " or ");

    private UserCommands() {}

    /** {@code users add}: adds a user. */
    static Command add() {
        return Command.of(
                syntax -> syntax.words("NAME", 1, 1)
                        .value(ROLE, "ROLE", "What they may do: " + ROLES + ".")
                        .store()
                        .json()
                        .example("latchkey users add ann --role admin")
                        .example("latchkey users add bob --role developer < password.txt"),
                UserCommands::add);
    }

    private static int add(Invocation run) throws IOException {
        String name = run.word();
        Role role = role(run.required(ROLE, "give " + ROLES));
        if (!Users.isName(name)) {
            throw ExitCodes.usage("NAME must be 1 to 64 of A-Z a-z 0-9 . _ @ -");
        }
        String password = newPassword(name, run.context());
        try (Services services = run.storeOrNew()) {
            User added = services.users().add(Invocation.operator(), name, role, password);
            run.print(() -> UserJson.of(added), "Added " + added.name() + ", " + role.publicName());
            if (!hasOwner(services, run)) {
                run.tell("There is no Owner yet; latchkey users add NAME --role owner makes one.");
            }
        }
        return ExitCodes.DONE;
    }

    private static boolean hasOwner(Services services, Invocation run) {
        try (Pages<User> users = all(services, run, "users read")) {
            return StreamSupport.stream(users.spliterator(), false).anyMatch(user -> user.role() == Role.OWNER);
        }
    }

    /** {@code users list}: who may sign in. */
    static Command list() {
        return Command.of(syntax -> syntax.store().json().example("latchkey users list"), run -> {
            try (Services services = run.store();
                    Pages<User> users = all(services, run, "users listed")) {
                return run.list(
                        users,
                        UserJson::of,
                        "There is no user yet; the service makes an Owner when it first starts.",
                        new Table<User>()
                                .column("NAME", NARROWEST, User::name)
                                .column("ROLE", user -> user.role().publicName())
                                .column("SINCE", user -> user.createdAt().toString()));
            }
        });
    }

    private static Pages<User> all(Services services, Invocation run, String what) {
        return Pages.byName(
                run.context(),
                what,
                User::name,
                (name, most) -> services.users().after(Invocation.operator(), name, most));
    }

    /** {@code users passwd}: another password for a user, which ends their sessions. */
    static Command passwd() {
        return Command.of(
                syntax -> syntax.words("NAME", 1, 1)
                        .store()
                        .example("latchkey users passwd ann")
                        .example("latchkey users passwd ann < password.txt"),
                run -> {
                    String password = newPassword(run.word(), run.context());
                    try (Services services = run.store()) {
                        services.users().changePassword(Invocation.operator(), run.word(), password, Optional.empty());
                        return run.print("Changed the password of " + run.word() + " and ended their sessions");
                    }
                });
    }

    /** {@code users role}: another role for a user. */
    static Command changeRole() {
        return Command.of(
                syntax -> syntax.words("NAME ROLE", 2, 2).store().json().example("latchkey users role ann owner"),
                run -> {
                    Role role = role(run.words().get(1));
                    try (Services services = run.store()) {
                        User changed = services.users().changeRole(Invocation.operator(), run.word(), role);
                        return run.print(
                                () -> UserJson.of(changed),
                                changed.name() + " is " + role.publicName() + " from now on");
                    }
                });
    }

    /** {@code users remove}: removes a user. */
    static Command remove() {
        return Command.of(syntax -> syntax.words("NAME", 1, 1).store().example("latchkey users remove ann"), run -> {
            try (Services services = run.store()) {
                services.users().remove(Invocation.operator(), run.word());
                return run.print("Removed " + run.word());
            }
        });
    }

    private static Role role(String text) {
        return Role.fromPublicName(text)
                .orElseThrow(() -> ExitCodes.usage("the role must be " + ROLES + ", not \"" + text + "\""));
    }

    /** One line of standard input; at a terminal it is asked for twice and not seen. */
    private static String newPassword(String name, CliContext context) throws IOException {
        String password = context.secretLine("Password for " + TerminalText.line(name) + ": ");
        if (password.isEmpty()) {
            throw ExitCodes.usage("there is no password: give it as one line of standard input");
        }
        if (password.contains(LOST_CHARACTER)) {
            throw ExitCodes.usage("the password is not in UTF-8");
        }
        try {
            Passwords.check("the password", password);
        } catch (ServiceException e) {
            throw ExitCodes.usage(String.valueOf(e.getMessage()));
        }
        if (context.terminal() != null
                && !context.secretLine("The same again: ").equals(password)) {
            throw ExitCodes.usage("the two passwords differ; nothing was changed");
        }
        return password;
    }
}
