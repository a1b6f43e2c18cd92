package dev.latchkey.signingkey;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * The public part of an RSA signing key as a JWK (RFC 7517 §4, RFC 7518 §6.3.1). Immutable and thread-safe.
 *
 * @param kid the key id: the key's SHA-256 thumbprint (RFC 7638), the same wherever it is computed
 * @param n the modulus as base64url
 * @param e the exponent as base64url
 */
public record PublicJwk(String kid, String n, String e) {

    public static PublicJwk of(RSAPublicKey key) {
        return of(encode(key.getModulus()), encode(key.getPublicExponent()));
    }

    /** A JWK from its encoded numbers, as the store has them. */
    public static PublicJwk of(String n, String e) {
        return new PublicJwk(thumbprint(n, e), n, e);
    }

    public BigInteger modulus() {
        return decode(n);
    }

    public BigInteger exponent() {
        return decode(e);
    }

    /** The size of the key. */
    public int bits() {
        return modulus().bitLength();
    }

    /** RFC 7638 §3: the required members alone, in the order of their names, without white space. */
    private static String thumbprint(String n, String e) {
        String canonical = "{\"e\":\"" + e + "\",\"kty\":\"RSA\",\"n\":\"" + n + "\"}";
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    /** RFC 7518 §2, Base64urlUInt: big-endian, without a leading zero octet. */
    private static String encode(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        byte[] unsigned = Arrays.copyOfRange(bytes, skip, bytes.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    private static BigInteger decode(String number) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(number));
    }
}
