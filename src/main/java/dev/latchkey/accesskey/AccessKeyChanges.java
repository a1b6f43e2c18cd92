package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes one key without losing what others change at the same time. Thread-safe. */
final class AccessKeyChanges {
    /** How often a change is tried again when others change the same key meanwhile. */
    private static final int TRIES = 20;

    private final AccessKeyStore store;

    AccessKeyChanges(AccessKeyStore store) {
        this.store = store;
    }

    /** One try to write what was made of a key; empty when somebody else came between. */
    interface Attempt {
        Optional<AccessKey> of(AccessKey key);
    }

    /**
     * The key with this id.
     *
     * @throws LatchkeyException of kind NOT_FOUND
     */
    AccessKey find(String id) {
        Optional<AccessKey> found = AccessKeyIds.isValid(id) ? store.find(id) : Optional.empty();
        return found.orElseThrow(() -> LatchkeyException.of(
                ErrorKind.NOT_FOUND, "There is no access key with the id " + FieldError.cut(id) + "."));
    }

    /**
     * Reads, changes and writes back, again from the start when somebody else came between.
     *
     * @param expectedRevision the only revision that may be changed; null = any
     * @throws LatchkeyException of kind NOT_FOUND or PRECONDITION_FAILED
     */
    AccessKey make(String id, @Nullable Long expectedRevision, Attempt attempt) {
        for (int i = 0; i < TRIES; i++) {
            AccessKey key = find(id);
            if (expectedRevision != null && key.revision() != expectedRevision) {
                throw LatchkeyException.of(
                        ErrorKind.PRECONDITION_FAILED, "The key was changed meanwhile; read it again and repeat.");
            }
            Optional<AccessKey> done = attempt.of(key);
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw LatchkeyException.of(ErrorKind.CONFLICT, "Others are changing this key all the time; try again.");
    }

    /** Puts {@code changed} in the place of {@code key}; empty when that is there no more. */
    Optional<AccessKey> write(AccessKey key, AccessKey changed, AuditEvent event) {
        return store.update(changed, key.revision(), event) ? Optional.of(changed) : Optional.empty();
    }
}
