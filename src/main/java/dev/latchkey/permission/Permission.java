package dev.latchkey.permission;

/** Something that an actor may do, from which role on. */
public enum Permission {
    VIEW_KEYS(Role.DEVELOPER, "view access keys"),
    CREATE_KEYS(Role.DEVELOPER, "create access keys"),
    VIEW_SCOPES(Role.DEVELOPER, "read the scope catalogue"),
    VIEW_USERS(Role.ADMIN, "read the users"),
    VIEW_AUDIT(Role.ADMIN, "read the audit log"),
    CHANGE_KEYS(Role.OWNER, "edit, rotate, disable or delete access keys"),
    MANAGE_SCOPES(Role.OWNER, "change the scope catalogue"),
    MANAGE_USERS(Role.OWNER, "manage users"),
    MANAGE_SIGNING_KEYS(Role.OWNER, "manage signing keys"),
    MANAGE_ISSUERS(Role.OWNER, "manage trusted issuers, or say whose tokens a key trusts");

    private final Role leastRole;
    private final String deed;

    Permission(Role leastRole, String deed) {
        this.leastRole = leastRole;
        this.deed = deed;
    }

    /** The first role that may; every role after it may too. */
    Role leastRole() {
        return leastRole;
    }

    /** The deed in words, to follow "may not". */
    public String deed() {
        return deed;
    }
}
