package dev.latchkey.crypto;

import dev.latchkey.signingkey.Rs256Signer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Signs with one provider. The private key is that provider's own object, made once: a key of another provider would be
 * converted at each signature. One {@link Signature} per thread, for it is costly to make and not thread-safe.
 */
final class ProviderSigner implements Rs256Signer {
    private final String kid;
    private final PrivateKey key;
    private final Provider provider;
    private final ThreadLocal<Signature> signatures = ThreadLocal.withInitial(this::newSignature);

    ProviderSigner(String kid, byte[] pkcs8, Provider provider) {
        this.kid = kid;
        this.provider = provider;
        try {
            this.key = KeyFactory.getInstance("RSA", provider).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + kid + " cannot be used by " + provider.getName(), e);
        }
    }

    @Override
    public String kid() {
        return kid;
    }

    @Override
    public byte[] sign(byte[] data) {
        Signature signature = signatures.get();
        try {
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            signatures.remove();
            throw new IllegalStateException("signing failed in " + provider.getName(), e);
        }
    }

    private Signature newSignature() {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA", provider);
            signature.initSign(key);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot sign by RS256", e);
        }
    }
}
