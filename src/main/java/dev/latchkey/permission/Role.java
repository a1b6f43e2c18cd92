package dev.latchkey.permission;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user or client may do here, the least first: each role may do all that the one before it may. */
public enum Role {
    DEVELOPER,
    ADMIN,
    OWNER;

    public boolean may(Permission permission) {
        return compareTo(permission.leastRole()) >= 0;
    }

    /** The name in the API and on the command line: {@code developer}, {@code admin}, {@code owner}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> fromPublicName(String name) {
        return Arrays.stream(values())
                .filter(role -> role.publicName().equals(name))
                .findFirst();
    }
}
