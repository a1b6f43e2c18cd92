package dev.latchkey.jwt;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The algorithms that clients may sign with (RFC 7518 §3.3, §3.4, §3.5). */
enum AssertionAlgorithm {
    RS256("RSA", "SHA256withRSA"),
    PS256("RSA", "RSASSA-PSS"),
    ES256("EC", "SHA256withECDSAinP1363Format");

    private static final int SHA256_BYTES = 32;
    private static final int P256_NUMBER_BYTES = 32;

    private final String kty;
    private final String jcaName;

    AssertionAlgorithm(String kty, String jcaName) {
        this.kty = kty;
        this.jcaName = jcaName;
    }

    /** The algorithm of exactly this name. */
    static Optional<AssertionAlgorithm> of(@Nullable Object alg) {
        return Arrays.stream(values()).filter(known -> known.name().equals(alg)).findFirst();
    }

    /** The type of key that it takes. */
    String kty() {
        return kty;
    }

    /** Whether the key's owner signed the data. */
    boolean verifies(PublicKey key, byte[] data, byte[] signature) {
        if (this == ES256 && !isPairOfNumbers(signature)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(jcaName);
            if (this == PS256) {
                verifier.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SHA256_BYTES, 1));
            }
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot verify " + name(), e);
        }
    }

    /** Two numbers of 32 bytes, neither of them zero: a pair of zeros once verified everywhere (CVE-2022-21449). */
    private static boolean isPairOfNumbers(byte[] signature) {
        return signature.length == 2 * P256_NUMBER_BYTES
                && !isZero(signature, 0, P256_NUMBER_BYTES)
                && !isZero(signature, P256_NUMBER_BYTES, signature.length);
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, to, new byte[to - from], 0, to - from);
    }
}
