package dev.latchkey.jose;

import dev.latchkey.log.LogEvent;
import dev.latchkey.signingkey.P256Signature;
import dev.latchkey.signingkey.PublicJwk;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key that our tokens are verified with: by the JDK at first, and by the accelerated provider from the moment on when
 * that is loaded and has agreed about one good signature. Thread-safe.
 */
final class PublishedKey {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedKey.class);

    private final JwsAlgorithm algorithm;
    private final PublicKey key;
    private final CompletableFuture<Optional<Provider>> accelerated;
    private volatile @Nullable Implementation chosen;

    /** A provider and the key as its own object: one of another would be converted at each verification. */
    private record Implementation(PublicKey key, @Nullable Provider provider) {}

    /** Fails with {@link IllegalStateException} when the JWK holds no key. */
    PublishedKey(PublicJwk jwk, CompletableFuture<Optional<Provider>> accelerated) {
        this.algorithm = JwsAlgorithm.of(jwk.algorithm());
        this.key = JwkKeys.read(jwk)
                .orElseThrow(() -> new IllegalStateException("the published key " + jwk.kid() + " cannot be used"));
        this.accelerated = accelerated;
    }

    /** The only {@code alg} that a token signed with it may name. */
    String alg() {
        return algorithm.publicName();
    }

    /** Whether the key's owner signed the data, in the one form in which our signers do. */
    boolean verifies(byte[] data, byte[] signature) {
        if (algorithm == JwsAlgorithm.ES256 && !P256Signature.isCanonical(signature)) {
            return false;
        }
        Implementation known = chosen;
        if (known != null) {
            return algorithm.verifies(known.key(), known.provider(), data, signature);
        }
        boolean good = algorithm.verifies(key, null, data, signature);
        if (good && accelerated.isDone()) {
            chosen = choose(accelerated.join(), data, signature);
        }
        return good;
    }

    private Implementation choose(Optional<Provider> loaded, byte[] data, byte[] goodSignature) {
        if (loaded.isPresent()) {
            Provider provider = loaded.get();
            try {
                PublicKey own = KeyFactory.getInstance(key.getAlgorithm(), provider)
                        .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
                if (algorithm.verifies(own, provider, data, goodSignature)) {
                    return new Implementation(own, provider);
                }
                LogEvent.SIGNER_FAILED
                        .error(LOG)
                        .log("Tokens are verified by the JDK: {} refuses a good signature", provider.getName());
            } catch (GeneralSecurityException | LinkageError e) {
                LogEvent.SIGNER_FAILED
                        .debug(LOG)
                        .setCause(e)
                        .log("{} has no keys for {}", provider.getName(), algorithm.publicName());
            }
        }
        return new Implementation(key, null);
    }
}
