package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;

/** How private keys are written to the store, and read from it. Thread-safe. */
public interface PrivateKeySeal {
    /** Whether what it writes is encrypted. */
    boolean encrypts();

    /** The key as it is to be stored; another key id cannot open it. */
    StoredPrivateKey seal(String kid, PrivateKeyBytes privateKey);

    /**
     * The key that was sealed; one that was stored without encryption opens always.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when it was encrypted with another master key,
     *     or this is none
     */
    PrivateKeyBytes open(String kid, StoredPrivateKey stored);
}
