package dev.latchkey.token.issuing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Unique token ids ({@code jti}, RFC 7519 §4.1.7): 128 random bits each. A thread draws those of many tokens at a time,
 * for {@link SecureRandom} has one lock and, for a few bytes, costs more than all else that an id takes. Thread-safe.
 */
final class TokenIds {
    private static final int ID_BYTES = 16;
    private static final int DRAWN_AT_A_TIME = 32;

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<ByteBuffer> drawn = ThreadLocal.withInitial(this::draw);

    String next() {
        ByteBuffer left = drawn.get();
        if (!left.hasRemaining()) {
            left = draw();
            drawn.set(left);
        }
        byte[] id = new byte[ID_BYTES];
        left.get(id);
        return BASE64URL.encodeToString(id);
    }

    private ByteBuffer draw() {
        byte[] bytes = new byte[ID_BYTES * DRAWN_AT_A_TIME];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
