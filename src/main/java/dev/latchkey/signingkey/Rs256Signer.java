package dev.latchkey.signingkey;

/** Signs with one private key by RSASSA-PKCS1-v1_5 using SHA-256 (RFC 7518 §3.3). Thread-safe. */
public interface Rs256Signer {
    /** The kid of the key that signs (RFC 7515 §4.1.4). */
    String kid();

    /** The signature of {@code data}, as long as the key's modulus. */
    byte[] sign(byte[] data);
}
