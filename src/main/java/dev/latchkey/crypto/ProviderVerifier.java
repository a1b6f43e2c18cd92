package dev.latchkey.crypto;

import dev.latchkey.signingkey.JwkKeySpec;
import dev.latchkey.signingkey.KeyVerifier;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Verifies with one provider, by its own key object and one {@link Signature} per thread. */
final class ProviderVerifier implements KeyVerifier {
    private final SigningAlgorithm algorithm;
    private final Jca jca;
    private final PublicKey key;
    private final Provider provider;
    private final ThreadLocal<Signature> signatures = ThreadLocal.withInitial(this::newSignature);

    /** Fails with {@link IllegalStateException} when the provider cannot use the key. */
    ProviderVerifier(PublicJwk jwk, Provider provider) {
        this.algorithm = jwk.algorithm();
        this.jca = Jca.of(algorithm);
        this.provider = provider;
        try {
            this.key = jca.keyFactory(provider).generatePublic(JwkKeySpec.of(jwk));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("the key " + jwk.kid() + " cannot be used by " + provider.getName(), e);
        }
    }

    @Override
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public boolean verify(byte[] data, byte[] signature) {
        Signature verifier = signatures.get();
        try {
            verifier.update(data);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // What is left in the object after a failure is not specified: the next one is a fresh one.
            signatures.remove();
            return false;
        }
    }

    private Signature newSignature() {
        try {
            Signature signature = Signature.getInstance(jca.signature(), provider);
            signature.initVerify(key);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot verify " + algorithm.publicName(), e);
        }
    }
}
