package dev.latchkey.user;

import dev.latchkey.json.JsonWriter;

/** A user as JSON: the field names and their order that the API and {@code --json} share. Never a password's hash. */
public final class UserJson {
    private UserJson() {}

    /** Writes all public fields into the open object. */
    public static void write(JsonWriter out, User user) {
        out.field("username", user.name())
                .field("role", user.role().publicName())
                .field("created_at", user.createdAt());
    }
}
