package dev.latchkey.user;

import dev.latchkey.permission.Role;
import java.time.Instant;

/**
 * A person who may sign in.
 *
 * @param name unique, in capitals or small letters, 1 to 64 of {@code A-Za-z0-9._@-}
 * @param role what they may do
 * @param passwordHash the slow hash of their password with its salt and parameters; never printed
 * @param createdAt cut to seconds
 */
public record User(String name, Role role, String passwordHash, Instant createdAt) {
    @Override
    public String toString() {
        return "User[" + name + ", " + role + "]";
    }
}
