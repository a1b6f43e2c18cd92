package dev.latchkey.permission;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A role and what it may do. Each role may do all that the one before it may. */
public enum Role {
    DEVELOPER(EnumSet.of(Permission.VIEW_KEYS, Permission.CREATE_KEYS, Permission.VIEW_SCOPES)),
    ADMIN(EnumSet.of(
            Permission.VIEW_KEYS,
            Permission.CREATE_KEYS,
            Permission.VIEW_SCOPES,
            Permission.VIEW_USERS,
            Permission.VIEW_AUDIT)),
    OWNER(EnumSet.allOf(Permission.class));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** The name in the API and on the command line: {@code developer}, {@code admin}, {@code owner}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> fromPublicName(String name) {
        for (Role role : values()) {
            if (role.publicName().equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
