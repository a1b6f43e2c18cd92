package dev.latchkey.crypto.pem;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** What stands in a PEM text (RFC 7468), in order; text around the blocks is passed over. */
final class Pem {
    static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private Pem() {}

    /** One block: its label and what is inside. Cannot be printed by accident. */
    record Block(String label, String base64) {
        /** The bytes; fails with {@link IllegalArgumentException} when it is not base64. */
        byte[] der() {
            return Base64.getMimeDecoder().decode(base64);
        }

        /** Whether it is an unencrypted private key in one of the forms that {@link Pkcs8#of} knows. */
        boolean isPrivateKey() {
            return label.equals("PRIVATE KEY") || label.equals("RSA PRIVATE KEY") || label.equals("EC PRIVATE KEY");
        }

        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    /** Whether a private key in the text is encrypted (RFC 7468 §11, or the older header of RFC 1421 §4.6.1.1). */
    static boolean hasEncryptedKey(String text) {
        return text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED");
    }

    /** The blocks of a text. */
    static List<Block> blocks(String text) {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }
}
