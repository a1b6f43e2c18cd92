package dev.latchkey.crypto;

import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.Rs256Verifier;
import dev.latchkey.signingkey.Rs256Verifiers;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifiers by the JDK at first, and by the accelerated provider once it is loaded. Thread-safe. */
public final class ProviderRs256Verifiers implements Rs256Verifiers {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderRs256Verifiers.class);

    private final Provider jdk = Security.getProvider("SunRsaSign");
    private final CompletableFuture<Optional<Provider>> accelerated;

    /** Uses {@code accelerated} as soon as, and if ever, it completes with a provider. */
    public ProviderRs256Verifiers(CompletableFuture<Optional<Provider>> accelerated) {
        this.accelerated = accelerated;
    }

    @Override
    public Rs256Verifier verifier(PublicJwk key) {
        CompletableFuture<Optional<Rs256Verifier>> better =
                accelerated.thenApply(loaded -> loaded.flatMap(provider -> acceleratedVerifier(key, provider)));
        return new SwitchingVerifier(new ProviderVerifier(key, jdk), better);
    }

    private static Optional<Rs256Verifier> acceleratedVerifier(PublicJwk key, Provider provider) {
        try {
            return Optional.of(new ProviderVerifier(key, provider));
        } catch (IllegalStateException | LinkageError e) {
            LOG.error("Tokens are verified by the JDK: {} cannot verify here", provider.getName(), e);
            return Optional.empty();
        }
    }
}
