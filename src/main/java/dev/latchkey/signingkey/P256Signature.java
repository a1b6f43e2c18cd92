package dev.latchkey.signingkey;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * ECDSA signatures over P-256 as a JWS holds them: R and S, big-endian, 32 bytes each (RFC 7518 §3.4). With every pair
 * (R, S) the pair (R, n − S) is a signature of the same text by the same key; of the two, the one with the smaller S is
 * the one that is made and taken, so that no attacker can turn a token into another text that is good as well.
 */
public final class P256Signature {
    /** The number n of points on the curve (FIPS 186-4 D.1.2.3). */
    public static final BigInteger ORDER =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    private static final BigInteger HALF = ORDER.shiftRight(1);
    private static final int NUMBER_BYTES = 32;

    private P256Signature() {}

    /** Two numbers from 1 to n − 1, zeros once having verified everywhere (CVE-2022-21449), and S the smaller one. */
    public static boolean isCanonical(byte[] signature) {
        if (signature.length != 2 * NUMBER_BYTES) {
            return false;
        }
        BigInteger r = number(signature, 0);
        BigInteger s = number(signature, NUMBER_BYTES);
        return r.signum() > 0 && r.compareTo(ORDER) < 0 && s.signum() > 0 && s.compareTo(HALF) <= 0;
    }

    /** The same, or its twin with the smaller S. */
    public static byte[] canonical(byte[] signature) {
        BigInteger s = number(signature, NUMBER_BYTES);
        if (s.compareTo(HALF) <= 0) {
            return signature;
        }
        byte[] twin = Arrays.copyOf(signature, 2 * NUMBER_BYTES);
        System.arraycopy(bytes(ORDER.subtract(s), NUMBER_BYTES), 0, twin, NUMBER_BYTES, NUMBER_BYTES);
        return twin;
    }

    /** A number that is not negative, big-endian in so many bytes, which it must not exceed. */
    static byte[] bytes(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] exact = new byte[length];
        int used = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - used, exact, length - used, used);
        return exact;
    }

    private static BigInteger number(byte[] signature, int from) {
        return new BigInteger(1, signature, from, NUMBER_BYTES);
    }
}
