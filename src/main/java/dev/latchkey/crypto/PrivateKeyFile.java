package dev.latchkey.crypto;

import dev.latchkey.crypto.pem.SecretFile;
import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.P256Signature;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PrivateJwk;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** Private keys in PEM files; what kind of key it is says the algorithm. */
final class PrivateKeyFile {
    private static final int LEAST_RSA_BITS = 2048;
    private static final String KEY_LABELS =
            "\"BEGIN PRIVATE KEY\", \"BEGIN RSA PRIVATE KEY\" or \"BEGIN EC PRIVATE KEY\"";

    private PrivateKeyFile() {}

    /** The key, whose numbers may not fit together. */
    static SigningKeyPair read(SecretFile file) {
        PKCS8EncodedKeySpec pkcs8 = new PKCS8EncodedKeySpec(file.readPkcs8(KEY_LABELS));
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            try {
                Jca jca = Jca.of(algorithm);
                KeyFactory factory = jca.keyFactory(jca.jdk());
                return pair(factory.generatePrivate(pkcs8), factory, file);
            } catch (InvalidKeySpecException e) {
                // Another kind of key.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform has no keys for " + algorithm.publicName(), e);
            }
        }
        throw unreadable(file);
    }

    private static SigningKeyPair pair(PrivateKey key, KeyFactory factory, SecretFile file)
            throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS) {
            RSAPublicKeySpec spec = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
            return KeyGeneration.pair(factory.generatePublic(spec), key);
        }
        if (key instanceof ECPrivateKey ec) {
            if (!ec.getParams().getOrder().equals(P256Signature.ORDER)) {
                throw file.failure(
                        "holds an EC key on another curve than P-256, which ES256 signs with; make one with: "
                                + "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
            }
            return KeyGeneration.pair(publicPartOf(key, file), key);
        }
        if (key instanceof EdECPrivateKey) {
            return KeyGeneration.pair(publicPartOf(key, file), key);
        }
        throw file.failure("holds no RSA private key of at least " + LEAST_RSA_BITS + " bits");
    }

    /**
     * The public part, which key files need not hold and the platform does not compute. For the operator's own files: how
     * long it takes tells about the key.
     */
    private static PublicKey publicPartOf(PrivateKey key, SecretFile file) {
        try {
            PrivateJwk<?, ?, ?> jwk = Jwks.builder().key(key).build();
            return jwk.toPublicJwk().toKey();
        } catch (JwtException | IllegalArgumentException e) {
            throw unreadable(file);
        }
    }

    private static ServiceException unreadable(SecretFile file) {
        return file.failure(
                "holds no private key that can be used: it takes RSA, EC on P-256 or Ed25519; make one with: "
                        + "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
    }
}
