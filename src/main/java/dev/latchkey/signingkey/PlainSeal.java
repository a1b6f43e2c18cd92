package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.util.Base64;

/** No master key: private keys are stored as they are. */
public final class PlainSeal implements PrivateKeySeal {
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
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED,
                    "The private signing keys in this store are encrypted with a master key, and none was given; "
                            + "name its file with --master-key-file.");
        }
        return decode(kid, stored);
    }

    /** A private key that is stored without encryption. */
    public static PrivateKeyBytes decode(String kid, StoredPrivateKey stored) {
        try {
            return new PrivateKeyBytes(Base64.getDecoder().decode(stored.text()));
        } catch (IllegalArgumentException e) {
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED,
                    "The private part of the signing key " + kid + " in this store is damaged; put a backup in place, "
                            + "or use a newer Latchkey if one wrote it.");
        }
    }
}
