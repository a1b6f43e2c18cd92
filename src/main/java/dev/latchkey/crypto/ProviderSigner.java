package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Signs with one provider. The private key is that provider's own object, made once: a key of another provider would be
 * converted at each signature. One {@link Signature} per thread, for it is costly to make and not thread-safe.
 */
final class ProviderSigner implements KeySigner {
    private final String kid;
    private final SigningAlgorithm algorithm;
    private final Jca jca;
    private final PrivateKey key;
    private final Provider provider;
    private final ThreadLocal<Signature> signatures = ThreadLocal.withInitial(this::newSignature);

    /** Fails with {@link IllegalStateException} when the provider cannot use the key. */
    ProviderSigner(SigningKeyPair pair, Provider provider) {
        this.kid = pair.kid();
        this.algorithm = pair.algorithm();
        this.jca = Jca.of(algorithm);
        this.provider = provider;
        try {
            PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pair.privateKey().pkcs8());
            this.key = jca.keyFactory(provider).generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + kid + " cannot be used by " + provider.getName(), e);
        }
    }

    @Override
    public String kid() {
        return kid;
    }

    @Override
    public SigningAlgorithm algorithm() {
        return algorithm;
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
            Signature signature = Signature.getInstance(jca.signature(), provider);
            signature.initSign(key);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot sign by " + algorithm.publicName(), e);
        }
    }
}
