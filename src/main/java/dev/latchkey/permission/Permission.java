package dev.latchkey.permission;

/** Something that an actor may be allowed to do. */
public enum Permission {
    VIEW_KEYS("view access keys"),
    CREATE_KEYS("create access keys"),
    CHANGE_KEYS("edit, rotate, disable or delete access keys"),
    VIEW_SCOPES("read the scope catalogue"),
    MANAGE_SCOPES("change the scope catalogue"),
    VIEW_USERS("read the users"),
    MANAGE_USERS("manage users"),
    VIEW_AUDIT("read the audit log"),
    MANAGE_SIGNING_KEYS("manage signing keys");

    private final String deed;

    Permission(String deed) {
        this.deed = deed;
    }

    /** The deed in words, to follow "may not". */
    public String deed() {
        return deed;
    }
}
