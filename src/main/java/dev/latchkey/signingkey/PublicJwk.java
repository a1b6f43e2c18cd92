package dev.latchkey.signingkey;

import dev.latchkey.digest.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The public part of a signing key as a JWK (RFC 7517 §4). Immutable and thread-safe.
 *
 * @param kid the key id: the key's SHA-256 thumbprint (RFC 7638), the same wherever it is computed
 * @param algorithm the one algorithm that the key is for
 * @param members the members that make up the key, {@code kty} apart, in the order in which they are written: n and e
 *     (RFC 7518 §6.3.1), crv, x and y (§6.2.1), or crv and x (RFC 8037 §2)
 */
public record PublicJwk(String kid, SigningAlgorithm algorithm, Map<String, String> members) {
    private static final int COORDINATE_BYTES = 32;

    /** The SubjectPublicKeyInfo of a key on P-256 (RFC 5480 §2) in hexadecimal, up to the coordinates of its uncompressed point. */
    private static final String P256_INFO = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

    /** The same of an Ed25519 key (RFC 8410 §4), up to the key's own bytes. */
    private static final String ED25519_INFO = "302a300506032b6570032100";

    private static final int CURVE_BITS = 256;

    public PublicJwk {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public static PublicJwk of(RSAPublicKey key) {
        return rsa(encode(unsigned(key.getModulus())), encode(unsigned(key.getPublicExponent())));
    }

    /** The JWK of a key on P-256. */
    public static PublicJwk of(ECPublicKey key) {
        return p256(
                encode(coordinate(key.getW().getAffineX())),
                encode(coordinate(key.getW().getAffineY())));
    }

    /** An RSA key from its encoded numbers. */
    public static PublicJwk rsa(String n, String e) {
        return of(SigningAlgorithm.RS256, n, e, "", "");
    }

    /** A key on P-256 from its encoded coordinates. */
    public static PublicJwk p256(String x, String y) {
        return of(SigningAlgorithm.ES256, "", "", x, y);
    }

    /** An Ed25519 key from its 32 encoded bytes (RFC 8032 §5.1.5). */
    public static PublicJwk ed25519(String x) {
        return of(SigningAlgorithm.EDDSA, "", "", x, "");
    }

    /** An Ed25519 key from its 32 bytes (RFC 8032 §5.1.5). */
    public static PublicJwk ed25519(byte[] x) {
        return ed25519(encode(x));
    }

    /** A key as a store has it, kid included; what keys of this algorithm do not have is not looked at. */
    public static PublicJwk stored(String kid, SigningAlgorithm algorithm, String n, String e, String x, String y) {
        return new PublicJwk(kid, algorithm, members(algorithm, n, e, x, y));
    }

    /** What the member says; empty for one that keys of this algorithm do not have. */
    public String member(String name) {
        return members.getOrDefault(name, "");
    }

    /** The size of the key. */
    public int bits() {
        return algorithm == SigningAlgorithm.RS256 ? number("n").bitLength() : CURVE_BITS;
    }

    /** The number that the member holds. */
    BigInteger number(String member) {
        return new BigInteger(1, bytes(member));
    }

    /** The bytes that the member holds. */
    byte[] bytes(String member) {
        return Base64.getUrlDecoder().decode(member(member));
    }

    private static PublicJwk of(SigningAlgorithm algorithm, String n, String e, String x, String y) {
        return new PublicJwk(thumbprint(algorithm, n, e, x, y), algorithm, members(algorithm, n, e, x, y));
    }

    private static Map<String, String> members(SigningAlgorithm algorithm, String n, String e, String x, String y) {
        Map<String, String> members = new LinkedHashMap<>();
        switch (algorithm) {
            case RS256 -> {
                members.put("n", n);
                members.put("e", e);
            }
            case ES256 -> {
                members.put("crv", "P-256");
                members.put("x", x);
                members.put("y", y);
            }
            case EDDSA -> {
                members.put("crv", "Ed25519");
                members.put("x", x);
            }
        }
        return members;
    }

    /** RFC 7638 §3, RFC 8037 §2: the required members alone, in the order of their names, without white space. */
    private static String thumbprint(SigningAlgorithm algorithm, String n, String e, String x, String y) {
        String canonical = switch (algorithm) {
            case RS256 -> "{\"e\":\"" + e + "\",\"kty\":\"RSA\",\"n\":\"" + n + "\"}";
            case ES256 -> "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
            case EDDSA -> "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
        };
        return Sha256.base64urlOf(canonical.getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 7518 §2, Base64urlUInt: big-endian, without a leading zero octet. */
    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Arrays.copyOfRange(bytes, skip, bytes.length);
    }

    /** RFC 7518 §6.2.1.2: big-endian, as long as the curve's numbers are. */
    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = unsigned(number);
        byte[] padded = new byte[COORDINATE_BYTES];
        System.arraycopy(bytes, 0, padded, COORDINATE_BYTES - bytes.length, bytes.length);
        return padded;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The key as the platform's key factories take it; whether there is such a key (a point that lies on the curve),
     * the factory or the verification finds out.
     *
     * @throws IllegalArgumentException when a member is not base64url, or a coordinate not as long as its curve's are
     */
    public KeySpec keySpec() {
        return switch (algorithm) {
            case RS256 -> new RSAPublicKeySpec(number("n"), number("e"));
            case ES256 ->
                new X509EncodedKeySpec(
                        join(join(HexFormat.of().parseHex(P256_INFO), coordinate("x")), coordinate("y")));
            case EDDSA -> new X509EncodedKeySpec(join(HexFormat.of().parseHex(ED25519_INFO), coordinate("x")));
        };
    }

    private byte[] coordinate(String member) {
        byte[] bytes = bytes(member);
        if (bytes.length != COORDINATE_BYTES) {
            throw new IllegalArgumentException("a coordinate has " + COORDINATE_BYTES + " bytes");
        }
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
