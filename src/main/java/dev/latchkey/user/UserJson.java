package dev.latchkey.user;

import java.time.Instant;

/** A user as JSON: the field names and their order that the API and {@code --json} share. Never a password's hash. */
public record UserJson(String username, String role, Instant createdAt) {
    public static UserJson of(User user) {
        return new UserJson(user.name(), user.role().publicName(), user.createdAt());
    }
}
