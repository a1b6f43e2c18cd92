package dev.latchkey.signingkey;

/**
 * A private key as the store has it: PKCS#8 as base64, or what a master key made of that. Cannot be printed by accident.
 *
 * @param text ASCII
 */
public record StoredPrivateKey(String text) {
    /** How an encrypted one begins; a colon is not in base64. */
    public static final String ENCRYPTED = "enc1:";

    public boolean isEncrypted() {
        return text.startsWith(ENCRYPTED);
    }

    @Override
    public String toString() {
        return "StoredPrivateKey[…]";
    }
}
