package dev.latchkey.crypto;

import dev.latchkey.crypto.pem.KeyFile;
import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.P256Signature;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PrivateJwk;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** Keys that Latchkey has not made: those of PEM files, and of a program. What kind of key it is says the algorithm. */
final class ImportedKeys {
    private static final int LEAST_RSA_BITS = 2048;

    private ImportedKeys() {}

    /** The pair, whose two halves may not fit together. */
    static SigningKeyPair of(KeyPair given) {
        PublicKey publicKey = given.getPublic();
        if (!isLongRsa(publicKey) && !isOnP256(publicKey) && !isEd25519(publicKey)) {
            throw refused("is not RSA of at least " + LEAST_RSA_BITS + " bits, EC on P-256 or Ed25519");
        }
        PrivateKey key = given.getPrivate();
        if (key == null || key.getEncoded() == null || !"PKCS#8".equals(key.getFormat())) {
            throw refused("has a private key that cannot be encoded, as those in hardware; it must be one in memory");
        }
        return SigningKeyPair.of(publicKey, key);
    }

    /** The key in the file, whose numbers may not fit together. */
    static SigningKeyPair read(KeyFile file) {
        PKCS8EncodedKeySpec pkcs8 = new PKCS8EncodedKeySpec(file.readPkcs8());
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            try {
                Jca jca = Jca.of(algorithm);
                KeyFactory factory = jca.keyFactory(jca.jdk());
                PrivateKey key = factory.generatePrivate(pkcs8);
                return SigningKeyPair.of(publicPart(key, factory, file), key);
            } catch (InvalidKeySpecException e) {
                // Another kind of key.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform has no keys for " + algorithm.publicName(), e);
            }
        }
        throw unreadable(file);
    }

    private static PublicKey publicPart(PrivateKey key, KeyFactory factory, KeyFile file)
            throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa && isLongRsa(key)) {
            return factory.generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        if (key instanceof RSAKey) {
            throw file.failure("holds no RSA private key of at least " + LEAST_RSA_BITS + " bits");
        }
        if (key instanceof ECKey && !isOnP256(key)) {
            throw file.failure("holds an EC key on another curve than P-256, which ES256 signs with; make one with: "
                    + "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        }
        return publicPart(key, file);
    }

    /**
     * The public part, which key files need not hold and the platform does not compute. For the operator's own files: how
     * long it takes tells about the key.
     */
    private static PublicKey publicPart(PrivateKey key, KeyFile file) {
        try {
            PrivateJwk<?, ?, ?> jwk = Jwks.builder().key(key).build();
            return jwk.toPublicJwk().toKey();
        } catch (JwtException | IllegalArgumentException e) {
            throw unreadable(file);
        }
    }

    private static boolean isLongRsa(Key key) {
        return key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
    }

    private static boolean isOnP256(Key key) {
        return key instanceof ECKey ec && ec.getParams().getOrder().equals(P256Signature.ORDER);
    }

    private static boolean isEd25519(Key key) {
        return key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519");
    }

    private static ServiceException unreadable(KeyFile file) {
        return file.failure(
                "holds no private key that can be used: it takes RSA, EC on P-256 or Ed25519; make one with: "
                        + "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
    }

    private static ServiceException refused(String why) {
        return ServiceException.misconfigured("The signing key " + why + ".");
    }
}
