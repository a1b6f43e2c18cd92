package dev.latchkey.accesskey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The numbers of a public JWK (RFC 7518 §6.2.1, §6.3.1). */
final class ClientJwkNumbers {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final int MOST_EXPONENT_BITS = 33;

    /** The longest number in base64url, with some leading zeros to spare. */
    private static final int MAX_TEXT = 1500;

    private static final int P256_BYTES = 32;

    /** The curve P-256, y² = x³ - 3x + b over the field of p (SP 800-186 §3.2.1.3). */
    private static final BigInteger P256_P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private static final BigInteger P256_B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

    private ClientJwkNumbers() {}

    /** What is wrong with an RSA key; null = nothing. */
    static @Nullable String rsaProblem(ObjectNode key) {
        String n = ClientJwks.text(key, "n");
        if (n != null && n.length() > MAX_TEXT) {
            return "must have " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits";
        }
        BigInteger modulus = number(n, 0);
        BigInteger exponent = number(ClientJwks.text(key, "e"), 0);
        if (modulus == null || exponent == null) {
            return "must have n and e as base64url";
        }
        if (modulus.bitLength() < LEAST_RSA_BITS || modulus.bitLength() > MOST_RSA_BITS) {
            return "must have " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits";
        }
        if (!modulus.testBit(0)) {
            return "must have an odd n: an even number is not the product of two large primes";
        }
        boolean usual = exponent.testBit(0)
                && exponent.compareTo(BigInteger.ONE) > 0
                && exponent.bitLength() <= MOST_EXPONENT_BITS;
        return usual ? null : "must have an odd e from 3 on, of at most " + MOST_EXPONENT_BITS + " bits, such as AQAB";
    }

    /** What is wrong with an elliptic curve key; null = nothing. */
    static @Nullable String ecProblem(ObjectNode key) {
        if (!"P-256".equals(ClientJwks.text(key, "crv"))) {
            return "must have the crv P-256";
        }
        BigInteger x = number(ClientJwks.text(key, "x"), P256_BYTES);
        BigInteger y = number(ClientJwks.text(key, "y"), P256_BYTES);
        if (x == null || y == null) {
            return "must have x and y as base64url of " + P256_BYTES + " bytes each";
        }
        return isOnCurve(x, y) ? null : "must be a point on the curve P-256";
    }

    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        if (x.compareTo(P256_P) >= 0 || y.compareTo(P256_P) >= 0) {
            return false;
        }
        BigInteger right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(P256_B);
        return y.multiply(y).subtract(right).mod(P256_P).signum() == 0;
    }

    /** An unsigned number; null when it is not base64url without padding, or not of {@code bytes} bytes (0 = any). */
    private static @Nullable BigInteger number(@Nullable String text, int bytes) {
        if (text == null || text.isEmpty() || text.length() > MAX_TEXT || text.endsWith("=")) {
            return null;
        }
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(text);
            return bytes == 0 || decoded.length == bytes ? new BigInteger(1, decoded) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
