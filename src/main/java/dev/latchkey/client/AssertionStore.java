package dev.latchkey.client;

import dev.latchkey.error.ErrorKind;
import java.time.Instant;

/**
 * Which assertions were used. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store cannot be
 * read or written.
 */
public interface AssertionStore {
    /**
     * Takes note of an assertion in one step, so that of two who present the same, on whatever replica, one is first.
     *
     * @param keyId the key that signed it
     * @param idHash stands for its id
     * @param expiresAt when it ends
     * @return whether this was the first time
     */
    boolean useOnce(String keyId, String idHash, Instant expiresAt);

    /** Forgets the assertions that ended before {@code end}. */
    void prune(Instant end);
}
