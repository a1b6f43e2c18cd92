package dev.latchkey.signingkey;

import java.util.Arrays;
import java.util.Optional;

/** How tokens are signed, and with it what kind of key signs them (RFC 7518 §3.1, RFC 8037 §3.1). */
public enum SigningAlgorithm {
    /** RSASSA-PKCS1-v1_5 using SHA-256 (RFC 7518 §3.3). */
    RS256("RS256", "RSA"),
    /** ECDSA using P-256 and SHA-256 (RFC 7518 §3.4). */
    ES256("ES256", "EC"),
    /** EdDSA on the curve Ed25519 (RFC 8037 §3.1). */
    EDDSA("EdDSA", "OKP");

    private final String publicName;
    private final String kty;

    SigningAlgorithm(String publicName, String kty) {
        this.publicName = publicName;
        this.kty = kty;
    }

    /** The {@code alg} of tokens and JWKs, and the name in the store. */
    public String publicName() {
        return publicName;
    }

    /** The {@code kty} of its keys. */
    public String kty() {
        return kty;
    }

    /** The algorithm of exactly this name. */
    public static Optional<SigningAlgorithm> of(String name) {
        return Arrays.stream(values())
                .filter(known -> known.publicName.equals(name))
                .findFirst();
    }
}
