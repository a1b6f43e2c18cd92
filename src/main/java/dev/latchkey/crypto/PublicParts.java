package dev.latchkey.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Optional;

/**
 * The public parts of private keys, which key files need not hold and the platform does not compute. For the operator's
 * own files: how long it takes tells about the key.
 */
final class PublicParts {
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private PublicParts() {}

    /** The base point times the private number (SEC 1 §3.2.1); empty when that number is none of the curve's. */
    static Optional<PublicKey> of(ECPrivateKey key) throws GeneralSecurityException {
        ECParameterSpec curve = key.getParams();
        BigInteger s = key.getS();
        if (s.signum() <= 0 || s.compareTo(curve.getOrder()) >= 0) {
            return Optional.empty();
        }
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = s.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum, curve);
            if (s.testBit(bit)) {
                sum = add(sum, curve.getGenerator(), curve);
            }
        }
        KeyFactory factory = KeyFactory.getInstance("EC", "SunEC");
        return Optional.of(factory.generatePublic(new ECPublicKeySpec(sum, curve)));
    }

    /** Makes the key again: the one random thing about an Ed25519 key are its 32 private bytes (RFC 8032 §5.1.5). */
    static Optional<PublicKey> of(EdECPrivateKey key) throws GeneralSecurityException {
        Optional<byte[]> privateBytes = key.getBytes();
        if (privateBytes.isEmpty()) {
            return Optional.empty();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", "SunEC");
        generator.initialize(key.getParams(), new Known(privateBytes.get()));
        return Optional.of(generator.generateKeyPair().getPublic());
    }

    /** The sum of two points (SEC 1 §2.2.1). */
    private static ECPoint add(ECPoint one, ECPoint other, ECParameterSpec curve) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger x = one.getAffineX();
        BigInteger y = one.getAffineY();
        BigInteger slope = one.equals(other)
                ? THREE.multiply(x.pow(2))
                        .add(curve.getCurve().getA())
                        .multiply(TWO.multiply(y).modInverse(p))
                : other.getAffineY()
                        .subtract(y)
                        .multiply(other.getAffineX().subtract(x).modInverse(p));
        BigInteger sumX = slope.pow(2).subtract(x).subtract(other.getAffineX()).mod(p);
        return new ECPoint(sumX, slope.multiply(x.subtract(sumX)).subtract(y).mod(p));
    }

    /** Answers known bytes. */
    private static final class Known extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] known;

        Known(byte[] known) {
            this.known = known.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != known.length) {
                throw new IllegalStateException("the platform makes Ed25519 keys from other than 32 random bytes");
            }
            System.arraycopy(known, 0, bytes, 0, bytes.length);
        }
    }
}
