package dev.latchkey.cli;

import dev.latchkey.json.JsonWriter;
import dev.latchkey.user.User;

/** A user as JSON. */
final class UserJson {
    private UserJson() {}

    static void write(JsonWriter out, User user) {
        out.field("username", user.name())
                .field("role", user.role().publicName())
                .field("created_at", user.createdAt());
    }
}
