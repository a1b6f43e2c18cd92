package dev.latchkey.permission;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.Locale;

/**
 * A user, client or process that acts, as the edge authenticated it.
 *
 * @param kind what sort of actor
 * @param name the user's name, the access key's id, or the operating system's user for an operator
 * @param role what they may do
 * @param from where they act from: a network address, or {@code cli}
 * @param title what an access key is called now; empty for all others, who are called by their name
 */
public record Actor(Kind kind, String name, Role role, String from, String title) {
    /** One that is called by its name. */
    public Actor(Kind kind, String name, Role role, String from) {
        this(kind, name, role, from, "");
    }

    /** A signed-in person, an access key with a {@code latchkey:*} scope, or the user of the command line. */
    public enum Kind {
        USER,
        KEY,
        OPERATOR,
        /** Latchkey itself, for what it does unasked: first start, scheduled rotation. */
        SYSTEM
    }

    /** A user who can read the store is an Owner. */
    public static Actor operator(String systemUser) {
        return new Actor(Kind.OPERATOR, systemUser, Role.OWNER, "cli");
    }

    public static Actor system() {
        return new Actor(Kind.SYSTEM, "latchkey", Role.OWNER, "self");
    }

    /** {@code user:ann}, {@code key:ack_…}, {@code operator:root}: how records name this actor. */
    public String label() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }

    /** Returns if the actor may; fails with {@link ErrorKind#FORBIDDEN} otherwise. */
    public void require(Permission permission) {
        if (!role.may(permission)) {
            throw ServiceException.of(
                    ErrorKind.FORBIDDEN,
                    "The role " + role.publicName() + " may not " + permission.deed() + "; ask an Owner.");
        }
    }
}
