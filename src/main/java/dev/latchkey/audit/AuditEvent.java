package dev.latchkey.audit;

import dev.latchkey.permission.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done.
 *
 * @param at when, cut to seconds
 * @param actor who
 * @param action what, as {@code key.create} or {@code scope.remove}
 * @param subject on what: an access key's id, a scope's or a user's name, a kid
 * @param subjectName what an access key was called then, since keys get deleted; empty for all that has a name for an id
 * @param before the subject's public fields before, as a JSON object without secrets; null where it was not there
 * @param after the same afterwards; null where it is gone
 */
public record AuditEvent(
        Instant at,
        Actor actor,
        String action,
        String subject,
        String subjectName,
        @Nullable String before,
        @Nullable String after) {
    /** An event on what is called by its id. */
    public AuditEvent(
            Instant at, Actor actor, String action, String subject, @Nullable String before, @Nullable String after) {
        this(at, actor, action, subject, "", before, after);
    }
}
