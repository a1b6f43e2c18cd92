package dev.latchkey.crypto;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.P256Signature;
import dev.latchkey.signingkey.SigningKeyPair;
import java.security.Key;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** A key pair that a program has, as one of ours. */
final class GivenKeyPair {
    private static final int LEAST_RSA_BITS = 2048;

    private GivenKeyPair() {}

    /** The pair, whose two halves may not fit together. */
    static SigningKeyPair checked(KeyPair given) {
        if (!isUsable(given.getPublic())) {
            throw refused("is not RSA of at least " + LEAST_RSA_BITS + " bits, EC on P-256 or Ed25519");
        }
        Key key = given.getPrivate();
        if (key == null || key.getEncoded() == null || !"PKCS#8".equals(key.getFormat())) {
            throw refused("has a private key that cannot be encoded, as those in hardware; it must be one in memory");
        }
        return KeyGeneration.pair(given.getPublic(), given.getPrivate());
    }

    private static boolean isUsable(Key key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
        }
        if (key instanceof ECPublicKey ec) {
            return ec.getParams().getOrder().equals(P256Signature.ORDER);
        }
        return key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519");
    }

    private static ServiceException refused(String why) {
        return ServiceException.of(ErrorKind.MISCONFIGURED, "The signing key " + why + ".");
    }
}
