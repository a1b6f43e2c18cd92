package dev.latchkey.accesskey;

import dev.latchkey.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a secret. Plain and fast on purpose: generated secrets hold 256 random bits, which no slow hash makes
 * harder to guess. Immutable and thread-safe; compare with {@link #matches}, which takes the same time wherever two
 * hashes differ.
 */
public final class SecretHash {
    private final byte[] bytes;

    private SecretHash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static SecretHash of(String secret) {
        return new SecretHash(Sha256.of(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** A hash that was made elsewhere: 32 bytes. */
    public static SecretHash ofDigest(byte[] sha256) {
        return new SecretHash(sha256.clone());
    }

    /** The inverse of {@link #encoded()}. */
    public static SecretHash decode(String encoded) {
        return new SecretHash(Base64.getUrlDecoder().decode(encoded));
    }

    /** The hash as base64url, for the store. */
    public String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public boolean matches(SecretHash other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretHash hash && matches(hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SecretHash[…]";
    }
}
