package dev.latchkey.token;

import dev.latchkey.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Unique token ids ({@code jti}, RFC 7519 §4.1.7): 128 bits of SHA-256 over a random seed of this process and a
 * counter. As good as random to everybody else, and without the lock that all threads share in {@link SecureRandom}.
 * Thread-safe.
 */
final class TokenIds {
    private static final int SEED_BYTES = 32;
    private static final int ID_BYTES = 16;

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final byte[] seed = new byte[SEED_BYTES];
    private final AtomicLong counter = new AtomicLong();

    TokenIds() {
        new SecureRandom().nextBytes(seed);
    }

    String next() {
        byte[] input = ByteBuffer.allocate(SEED_BYTES + Long.BYTES)
                .put(seed)
                .putLong(counter.incrementAndGet())
                .array();
        return BASE64URL.encodeToString(Arrays.copyOf(Sha256.of(input), ID_BYTES));
    }
}
