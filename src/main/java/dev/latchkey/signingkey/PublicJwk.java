package dev.latchkey.signingkey;

import dev.latchkey.digest.Sha256;
import dev.latchkey.json.ObjectBytes;
import java.math.BigInteger;
import java.security.PublicKey;
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
import java.util.TreeMap;

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

    public PublicJwk {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The JWK of an RSA key, a key on P-256 or an Ed25519 key. */
    public static PublicJwk of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa(encode(rsa.getModulus()), encode(rsa.getPublicExponent()));
        }
        if (key instanceof ECPublicKey ec) {
            return p256(coordinate(ec.getW().getAffineX()), coordinate(ec.getW().getAffineY()));
        }
        // The key's own bytes are the last ones of its SubjectPublicKeyInfo (RFC 8410 §4).
        byte[] info = key.getEncoded();
        return ed25519(encode(Arrays.copyOfRange(info, info.length - COORDINATE_BYTES, info.length)));
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

    private static PublicJwk of(SigningAlgorithm algorithm, String n, String e, String x, String y) {
        Map<String, String> members = members(algorithm, n, e, x, y);
        return new PublicJwk(thumbprint(algorithm, members), algorithm, members);
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
        return algorithm == SigningAlgorithm.RS256 ? number("n").bitLength() : COORDINATE_BYTES * Byte.SIZE;
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
    private static String thumbprint(SigningAlgorithm algorithm, Map<String, String> members) {
        Map<String, String> required = new TreeMap<>(members);
        required.put("kty", algorithm.kty());
        ObjectBytes canonical = new ObjectBytes(512);
        required.forEach(canonical::field);
        return Sha256.base64urlOf(canonical.end());
    }

    /** RFC 7518 §2, Base64urlUInt: without a leading zero octet. */
    private static String encode(BigInteger number) {
        return encode(P256Signature.bytes(number, (number.bitLength() + Byte.SIZE - 1) / Byte.SIZE));
    }

    /** RFC 7518 §6.2.1.2: big-endian, as long as the curve's numbers are. */
    private static String coordinate(BigInteger number) {
        return encode(P256Signature.bytes(number, COORDINATE_BYTES));
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
            case ES256 -> info(P256_INFO + coordinate("x") + coordinate("y"));
            case EDDSA -> info(ED25519_INFO + coordinate("x"));
        };
    }

    private static KeySpec info(String hex) {
        return new X509EncodedKeySpec(HexFormat.of().parseHex(hex));
    }

    private String coordinate(String member) {
        byte[] bytes = bytes(member);
        if (bytes.length != COORDINATE_BYTES) {
            throw new IllegalArgumentException("a coordinate has " + COORDINATE_BYTES + " bytes");
        }
        return HexFormat.of().formatHex(bytes);
    }

    private BigInteger number(String member) {
        return new BigInteger(1, bytes(member));
    }

    private byte[] bytes(String member) {
        return Base64.getUrlDecoder().decode(member(member));
    }
}
