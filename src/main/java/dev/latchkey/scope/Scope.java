package dev.latchkey.scope;

import java.time.Instant;

/**
 * A scope in the catalogue: one that access keys may be given. Its components are its JSON fields too, for the API and
 * {@code --json}.
 *
 * @param name a scope token (RFC 6749 §3.3)
 * @param description what it lets its holder do, for the people who choose; may be empty
 * @param createdAt cut to seconds
 * @param createdBy the label of the actor who added it
 */
public record Scope(String name, String description, Instant createdAt, String createdBy) {
    /** The longest description, in Unicode characters. */
    public static final int MAX_DESCRIPTION = 1000;
}
