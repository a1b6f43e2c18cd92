package dev.latchkey.cli.command.users;

import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.permission.Role;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A role as it is typed. */
final class RoleWord {
    /** {@code developer, admin or owner}. */
    static final String NAMES = Arrays.stream(Role.values())
            .map(Role::publicName)
            .collect(Collectors.joining(", "))
            .replaceFirst(", (?=\\w+$)", " or ");

    private RoleWord() {}

    static Role parse(String text) {
        return Role.fromPublicName(text)
                .orElseThrow(() -> ExitCodes.usage("the role must be " + NAMES + ", not \"" + text + "\""));
    }
}
