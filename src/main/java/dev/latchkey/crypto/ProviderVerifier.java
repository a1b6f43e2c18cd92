package dev.latchkey.crypto;

import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.Rs256Verifier;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;

/** Verifies with one provider, by its own key object and one {@link Signature} per thread. */
final class ProviderVerifier implements Rs256Verifier {
    private final PublicKey key;
    private final Provider provider;
    private final ThreadLocal<Signature> signatures = ThreadLocal.withInitial(this::newSignature);

    /** Fails with {@link IllegalStateException} when the provider cannot use the key. */
    ProviderVerifier(PublicJwk jwk, Provider provider) {
        this.provider = provider;
        try {
            RSAPublicKeySpec spec = new RSAPublicKeySpec(jwk.modulus(), jwk.exponent());
            this.key = KeyFactory.getInstance("RSA", provider).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key " + jwk.kid() + " cannot be used by " + provider.getName(), e);
        }
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
            Signature signature = Signature.getInstance("SHA256withRSA", provider);
            signature.initVerify(key);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot verify RS256", e);
        }
    }
}
