package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import java.nio.file.Path;
import java.security.KeyPair;

/** Makes, reads and uses signing keys. Thread-safe. */
public interface KeyPairs {
    /** A fresh key; an RSA key of 2048, 3072 or 4096 bits, other algorithms have one size. */
    SigningKeyPair generate(SigningAlgorithm algorithm, int rsaBits);

    /** Begins to make an RSA key, which the next call of {@link #generate} for one answers. May do nothing. */
    default void prepare(int rsaBits) {}

    /**
     * The key in a PEM file, unencrypted: PKCS#8 ("PRIVATE KEY"), PKCS#1 ("RSA PRIVATE KEY") or SEC 1 ("EC PRIVATE
     * KEY"), as {@link #of} takes it. Fails with {@link ErrorKind#MISCONFIGURED} also when the file is open to others.
     */
    SigningKeyPair readPem(Path file);

    /**
     * A key that a program has: RSA of at least 2048 bits, EC on P-256, or Ed25519. Fails with {@link
     * ErrorKind#MISCONFIGURED} when it is another, or its parts do not fit together.
     */
    SigningKeyPair of(KeyPair pair);

    /** A signer that uses the fastest implementation there is, and changes to a faster one when it becomes ready. */
    KeySigner signer(SigningKeyPair key);
}
