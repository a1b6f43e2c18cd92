package dev.latchkey.jose;

import dev.latchkey.token.InvalidTokenException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A JWS in compact form (RFC 7515 §7.1), taken apart strictly: three parts, each in the one canonical base64url form of
 * its bytes (RFC 4648 §3.5), so that no two texts are the same token. What is malformed fails with {@link
 * InvalidTokenException} when it is asked for. Immutable and thread-safe.
 */
final class CompactJws {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final String text;
    private final int headerEnd;
    private final int payloadEnd;

    private CompactJws(String text, int headerEnd, int payloadEnd) {
        this.text = text;
        this.headerEnd = headerEnd;
        this.payloadEnd = payloadEnd;
    }

    static CompactJws parse(String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new InvalidTokenException("the token is longer than " + maxLength + " characters");
        }
        int headerEnd = text.indexOf('.');
        int payloadEnd = text.indexOf('.', headerEnd + 1);
        if (headerEnd < 0 || payloadEnd < 0 || text.indexOf('.', payloadEnd + 1) >= 0) {
            throw new InvalidTokenException("the token has not three parts");
        }
        return new CompactJws(text, headerEnd, payloadEnd);
    }

    /** The header as it stands there, encoded. */
    String encodedHeader() {
        return text.substring(0, headerEnd);
    }

    byte[] header() {
        return decode(encodedHeader());
    }

    byte[] payload() {
        return decode(text.substring(headerEnd + 1, payloadEnd));
    }

    byte[] signature() {
        return decode(text.substring(payloadEnd + 1));
    }

    /** What the signature is over. */
    byte[] signingInput() {
        return text.substring(0, payloadEnd).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] decode(String part) {
        if (!isCanonical(part)) {
            throw new InvalidTokenException("a part of the token is not canonical base64url");
        }
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new InvalidTokenException("a part of the token is not base64url");
        }
    }

    /** No padding, and none of the last character's bits that belong to no byte. */
    private static boolean isCanonical(String part) {
        if (part.isEmpty()) {
            return false;
        }
        int unused = switch (part.length() % 4) {
            case 2 -> 0b1111;
            case 3 -> 0b11;
            default -> 0;
        };
        int last = ALPHABET.indexOf(part.charAt(part.length() - 1));
        return last >= 0 && (last & unused) == 0;
    }
}
