package dev.latchkey.signingkey;

import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** A public key as the platform's key factories take it. */
public final class JwkKeySpec {
    /** The SubjectPublicKeyInfo of a key on P-256 (RFC 5480 §2), up to the coordinates of its uncompressed point. */
    private static final byte[] P256 =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    /** The SubjectPublicKeyInfo of an Ed25519 key (RFC 8410 §4), up to the key's own bytes. */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private JwkKeySpec() {}

    /**
     * The key; whether there is such a key (a point that lies on the curve), the factory or the verification finds out.
     *
     * @throws IllegalArgumentException when a member is not base64url, or a coordinate not as long as its curve's are
     */
    public static KeySpec of(PublicJwk jwk) {
        return switch (jwk.algorithm()) {
            case RS256 -> new RSAPublicKeySpec(jwk.number("n"), jwk.number("e"));
            case ES256 -> new X509EncodedKeySpec(join(join(P256, coordinate(jwk, "x")), coordinate(jwk, "y")));
            case EDDSA -> new X509EncodedKeySpec(join(ED25519, coordinate(jwk, "x")));
        };
    }

    private static byte[] coordinate(PublicJwk jwk, String member) {
        byte[] bytes = jwk.bytes(member);
        if (bytes.length != PublicJwk.COORDINATE_BYTES) {
            throw new IllegalArgumentException("a coordinate has " + PublicJwk.COORDINATE_BYTES + " bytes");
        }
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
