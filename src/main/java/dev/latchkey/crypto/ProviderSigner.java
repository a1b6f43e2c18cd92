package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.P256Signature;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Signs with one provider. One {@link Signature} per thread, for it is costly to make and not thread-safe. The private
 * key is that provider's own object: one of another would be converted at each signature. It is one per thread as well,
 * because AWS-LC locks a key several times within a signature: two threads that share one sign some 0.7 % less.
 */
final class ProviderSigner implements KeySigner {
    private final SigningKeyPair pair;
    private final String kid;
    private final SigningAlgorithm algorithm;
    private final Jca jca;
    private final Provider provider;

    /** For the thread that signs first; null once it is taken. */
    private final AtomicReference<@Nullable PrivateKey> first;

    private final ThreadLocal<Signature> signatures = ThreadLocal.withInitial(this::newSignature);

    /** Fails with {@link IllegalStateException} when the provider cannot use the key. */
    ProviderSigner(SigningKeyPair pair, Provider provider) {
        this.pair = pair;
        this.kid = pair.kid();
        this.algorithm = pair.algorithm();
        this.jca = Jca.of(pair.algorithm());
        this.provider = provider;
        this.first = new AtomicReference<>(newKey());
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
            byte[] made = signature.sign();
            return algorithm == SigningAlgorithm.ES256 ? P256Signature.canonical(made) : made;
        } catch (GeneralSecurityException e) {
            signatures.remove();
            throw new IllegalStateException("signing failed in " + provider.getName(), e);
        }
    }

    private Signature newSignature() {
        PrivateKey ready = first.getAndSet(null);
        PrivateKey key = ready == null ? newKey() : ready;
        try {
            Signature signature = Signature.getInstance(jca.signature(), provider);
            signature.initSign(key);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot sign by " + algorithm.publicName(), e);
        }
    }

    private PrivateKey newKey() {
        try {
            PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pair.privateKey().pkcs8());
            return jca.keyFactory(provider).generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + kid + " cannot be used by " + provider.getName(), e);
        }
    }
}
