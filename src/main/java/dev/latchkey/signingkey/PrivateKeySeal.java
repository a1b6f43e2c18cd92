package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.SigningKeyPair.PrivateKeyBytes;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import java.util.Base64;

/** How private keys are written to the store, and read from it. Thread-safe. */
public interface PrivateKeySeal {
    /** Whether what it writes is encrypted. */
    boolean encrypts();

    /** The key as it is to be stored; another key id cannot open it. */
    StoredPrivateKey seal(String kid, PrivateKeyBytes privateKey);

    /**
     * The key that was sealed; one that was stored without encryption opens always. Fails with {@link
     * ErrorKind#MISCONFIGURED} when it was encrypted with another master key, or this is none.
     */
    PrivateKeyBytes open(String kid, StoredPrivateKey stored);

    /** A private key that is stored without encryption. */
    static PrivateKeyBytes decode(String kid, StoredPrivateKey stored) {
        try {
            return new PrivateKeyBytes(Base64.getDecoder().decode(stored.text()));
        } catch (IllegalArgumentException e) {
            throw ServiceException.misconfigured(
                    "The private part of the signing key " + kid + " in this store is damaged; put a backup in place, "
                            + "or use a newer Latchkey if one wrote it.");
        }
    }

    /** No master key: private keys are stored as they are. */
    final class Plain implements PrivateKeySeal {
        @Override
        public boolean encrypts() {
            return false;
        }

        @Override
        public StoredPrivateKey seal(String kid, PrivateKeyBytes privateKey) {
            return new StoredPrivateKey(Base64.getEncoder().encodeToString(privateKey.pkcs8()));
        }

        @Override
        public PrivateKeyBytes open(String kid, StoredPrivateKey stored) {
            if (stored.isEncrypted()) {
                throw ServiceException.misconfigured(
                        "The private signing keys in this store are encrypted with a master key, and none was given; "
                                + "name its file with --master-key-file.");
            }
            return decode(kid, stored);
        }
    }
}
