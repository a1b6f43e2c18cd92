package dev.latchkey.crypto;

import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import dev.latchkey.signingkey.SigningKeyPair.PrivateKeyBytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/** Fresh keys. */
final class KeyGeneration {
    private static final int ED25519_BYTES = 32;

    private KeyGeneration() {}

    static SigningKeyPair generate(SigningAlgorithm algorithm, int rsaBits, Provider provider)
            throws GeneralSecurityException {
        KeyPairGenerator generator =
                KeyPairGenerator.getInstance(Jca.of(algorithm).keys(), provider);
        switch (algorithm) {
            case RS256 -> generator.initialize(rsaBits);
            case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case EDDSA -> {} // one size, and no choice
        }
        KeyPair pair = generator.generateKeyPair();
        return pair(pair.getPublic(), pair.getPrivate());
    }

    /** A pair of the platform's objects as one of ours. */
    static SigningKeyPair pair(PublicKey publicKey, PrivateKey privateKey) {
        return new SigningKeyPair(jwk(publicKey), new PrivateKeyBytes(privateKey.getEncoded()));
    }

    private static PublicJwk jwk(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return PublicJwk.of(rsa);
        }
        if (key instanceof ECPublicKey ec) {
            return PublicJwk.of(ec);
        }
        // The key's own bytes are the last ones of its SubjectPublicKeyInfo (RFC 8410 §4).
        byte[] info = key.getEncoded();
        return PublicJwk.ed25519(Arrays.copyOfRange(info, info.length - ED25519_BYTES, info.length));
    }
}
