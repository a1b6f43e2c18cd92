package dev.latchkey.signingkey;

/** Checks signatures against one public key by the key's algorithm. Thread-safe. */
public interface KeyVerifier {
    /** The algorithm that the key is for: a token that names another one was not signed with it. */
    SigningAlgorithm algorithm();

    /** Whether the key's owner signed {@code data}. A signature of the wrong length or form is a wrong one. */
    boolean verify(byte[] data, byte[] signature);
}
