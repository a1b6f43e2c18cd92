package dev.latchkey.http.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * Decodes one name or value of {@code application/x-www-form-urlencoded} strictly: {@code +} is a space, {@code %} is
 * followed by two hexadecimal digits, and the result is UTF-8 without NUL. The JDK's decoder lets malformed UTF-8 pass
 * as replacement characters, so that two different texts would become the same.
 */
public final class FormDecoding {
    private FormDecoding() {}

    /** The text of {@code bytes[from, to)}; empty when it is malformed. */
    public static Optional<String> decode(byte[] bytes, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                int high = i + 2 < to ? hex(bytes[i + 1]) : -1;
                int low = i + 2 < to ? hex(bytes[i + 2]) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                b = (byte) (high << 4 | low);
                i += 2;
            }
            if (b == 0) {
                return Optional.empty();
            }
            decoded[length++] = b;
            bits |= b;
        }
        // Mostly it is all ASCII, and needs no decoder.
        return bits >= 0 ? Optional.of(new String(decoded, 0, length, US_ASCII)) : utf8(decoded, length);
    }

    private static Optional<String> utf8(byte[] bytes, int length) {
        try {
            return Optional.of(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
