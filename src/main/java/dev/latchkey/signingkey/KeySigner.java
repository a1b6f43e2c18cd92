package dev.latchkey.signingkey;

/** Signs with one private key by the key's algorithm. Thread-safe. */
public interface KeySigner {
    /** The kid of the key that signs (RFC 7515 §4.1.4); no two algorithms share one. */
    String kid();

    /** The algorithm that the key is for. */
    SigningAlgorithm algorithm();

    /** The signature of {@code data} in the form that a JWS holds. */
    byte[] sign(byte[] data);
}
