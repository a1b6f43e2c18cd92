package dev.latchkey.crypto;

import dev.latchkey.signingkey.SigningAlgorithm;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;

/**
 * What the platform calls the parts of an algorithm.
 *
 * @param keys the kind of key
 * @param signature the signature in the form that a JWS holds: for ECDSA the two numbers side by side, not DER
 * @param jdkProvider the JDK's own provider of both
 */
record Jca(String keys, String signature, String jdkProvider) {
    private static final Jca RS256 = new Jca("RSA", "SHA256withRSA", "SunRsaSign");
    private static final Jca ES256 = new Jca("EC", "SHA256withECDSAinP1363Format", "SunEC");
    private static final Jca EDDSA = new Jca("Ed25519", "Ed25519", "SunEC");

    static Jca of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> RS256;
            case ES256 -> ES256;
            case EDDSA -> EDDSA;
        };
    }

    Provider jdk() {
        Provider provider = Security.getProvider(jdkProvider);
        if (provider == null) {
            throw new IllegalStateException("this Java platform lacks " + jdkProvider);
        }
        return provider;
    }

    /** The provider's own, for a key of another is converted at each signature; the JDK's where it has none. */
    KeyFactory keyFactory(Provider provider) throws NoSuchAlgorithmException {
        return KeyFactory.getInstance(keys, provider.getService("KeyFactory", keys) == null ? jdk() : provider);
    }
}
