package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.nio.file.Path;

/** Makes, reads and uses RSA keys. Thread-safe. */
public interface RsaKeys {
    /** A fresh key of {@code bits} bits (2048, 3072 or 4096). */
    RsaKeyPair generate(int bits);

    /**
     * The key in a PEM file: PKCS#8 ("PRIVATE KEY") or PKCS#1 ("RSA PRIVATE KEY"), unencrypted.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when the file cannot be read, is readable for
     *     others than its owner, or holds no RSA private key of at least 2048 bits
     */
    RsaKeyPair readPem(Path file);

    /** A signer that uses the fastest implementation there is, and changes to a faster one when it becomes ready. */
    Rs256Signer signer(RsaKeyPair key);
}
