package dev.latchkey.crypto.tls;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The private key of a server, and the algorithm of signatures with which it is tried. */
record TlsPrivateKey(PrivateKey key, String signature) {
    private static final byte[] PROBE = {'l', 'a', 't', 'c', 'h', 'k', 'e', 'y'};

    /** What each kind of key signs with. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "Ed25519", "Ed25519");

    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");

    /** The key in a PKCS#8 envelope; empty when it is of no kind that is supported. */
    static Optional<TlsPrivateKey> of(byte[] pkcs8) {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        for (Map.Entry<String, String> kind : SIGNATURES.entrySet()) {
            try {
                PrivateKey key = KeyFactory.getInstance(kind.getKey()).generatePrivate(spec);
                return Optional.of(new TlsPrivateKey(key, kind.getValue()));
            } catch (GeneralSecurityException e) {
                // Another kind of key.
            }
        }
        return Optional.empty();
    }

    static boolean isSupported(PublicKey key) {
        return key instanceof ECPublicKey ec
                ? CURVES.stream().anyMatch(name -> isOn(name, ec))
                : key instanceof RSAPublicKey || key instanceof EdECPublicKey;
    }

    /** The Java platform reads keys of curves that it does not sign with. */
    private static boolean isOn(String curve, ECPublicKey key) {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(curve));
            return named.getParameterSpec(ECParameterSpec.class)
                    .getCurve()
                    .equals(key.getParams().getCurve());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + curve, e);
        }
    }

    /** Whether the two are one pair. */
    boolean fits(PublicKey publicKey) {
        try {
            Signature trial = Signature.getInstance(signature);
            trial.initSign(key);
            trial.update(PROBE);
            byte[] signed = trial.sign();
            trial.initVerify(publicKey);
            trial.update(PROBE);
            return trial.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "TlsPrivateKey[…]";
    }
}
