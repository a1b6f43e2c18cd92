package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeyVerifier;
import dev.latchkey.signingkey.KeyVerifiers;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import java.security.Provider;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifiers by the JDK at first, and by the accelerated provider once it is loaded. Thread-safe. */
public final class ProviderVerifiers implements KeyVerifiers {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderVerifiers.class);

    private final CompletableFuture<Optional<Provider>> accelerated;

    /** Uses {@code accelerated} as soon as, and if ever, it completes with a provider. */
    public ProviderVerifiers(CompletableFuture<Optional<Provider>> accelerated) {
        this.accelerated = accelerated;
    }

    @Override
    public KeyVerifier verifier(PublicJwk key) {
        CompletableFuture<Optional<KeyVerifier>> better =
                accelerated.thenApply(loaded -> loaded.flatMap(provider -> acceleratedVerifier(key, provider)));
        Provider jdk = Jca.of(key.algorithm()).jdk();
        KeyVerifier verifier = new SwitchingVerifier(new ProviderVerifier(key, jdk), better);
        return key.algorithm() == SigningAlgorithm.RS256 ? verifier : new CanonicalVerifier(verifier);
    }

    private static Optional<KeyVerifier> acceleratedVerifier(PublicJwk key, Provider provider) {
        try {
            return Optional.of(new ProviderVerifier(key, provider));
        } catch (IllegalStateException | LinkageError e) {
            LOG.error("Tokens are verified by the JDK: {} cannot verify here", provider.getName(), e);
            return Optional.empty();
        }
    }
}
