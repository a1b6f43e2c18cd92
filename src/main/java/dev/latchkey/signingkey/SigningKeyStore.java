package dev.latchkey.signingkey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import java.util.List;

/**
 * The stored signing keys. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store cannot be
 * read or written.
 */
public interface SigningKeyStore {
    /** All keys, the active one first. */
    List<SigningKey> all();

    /**
     * Adds the key unless an active one is there already, which another process may have added a moment ago.
     *
     * @return whether it was added
     */
    boolean insertFirst(SigningKey key, AuditEvent event);
}
