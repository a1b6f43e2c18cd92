package dev.latchkey.signingkey;

/** A signing key and its private part, as they are stored. */
public record StoredKey(SigningKey key, StoredPrivateKey privateKey) {
    /** The same private part, with the key in another state. */
    StoredKey with(SigningKey changed) {
        return new StoredKey(changed, privateKey);
    }
}
