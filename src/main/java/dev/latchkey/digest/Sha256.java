package dev.latchkey.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256 (FIPS 180-4). Thread-safe: each thread has a digest of its own, for making one costs as much as using it. */
public final class Sha256 {
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Sha256::digest);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private Sha256() {}

    /** The 32 bytes. */
    public static byte[] of(byte[] data) {
        return DIGESTS.get().digest(data);
    }

    /** The same in base64url without padding (RFC 4648 §5): 43 characters. */
    public static String base64urlOf(byte[] data) {
        return BASE64URL.encodeToString(of(data));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
