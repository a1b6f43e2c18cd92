package dev.latchkey.signingkey;

/** Checks signatures against one public key by RSASSA-PKCS1-v1_5 using SHA-256 (RFC 7518 §3.3). Thread-safe. */
public interface Rs256Verifier {
    /** Whether the key's owner signed {@code data}. A signature of the wrong length or form is a wrong one. */
    boolean verify(byte[] data, byte[] signature);
}
