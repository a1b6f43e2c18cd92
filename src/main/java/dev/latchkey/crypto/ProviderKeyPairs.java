package dev.latchkey.crypto;

import dev.latchkey.crypto.pem.KeyFile;
import dev.latchkey.error.ServiceException;
import dev.latchkey.log.LogEvent;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys by the JDK at first, and by the accelerated provider once it is loaded. Thread-safe. */
public final class ProviderKeyPairs implements KeyPairs {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeyPairs.class);

    /** No request waits for the first signature of a provider, which takes a tenth of a start. */
    private static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "latchkey-crypto-signer");
        thread.setDaemon(true);
        thread.start();
    };

    private static final byte[] PROBE = {'l', 'a', 't', 'c', 'h', 'k', 'e', 'y'};

    private final CompletableFuture<Optional<Provider>> accelerated;
    private final Runnable load;

    /** An RSA key that is being made, null in place of one that cannot be made; null = none is. */
    private final AtomicReference<@Nullable CompletableFuture<@Nullable SigningKeyPair>> prepared =
            new AtomicReference<>();

    /** Uses {@code accelerated} as soon as it completes with a provider, which it does some day, if only with nothing. */
    public ProviderKeyPairs(CompletableFuture<Optional<Provider>> accelerated) {
        this(accelerated, () -> {});
    }

    /** The same, where {@code accelerated} completes only after {@code load} was run. */
    public ProviderKeyPairs(CompletableFuture<Optional<Provider>> accelerated, Runnable load) {
        this.accelerated = accelerated;
        this.load = load;
    }

    @Override
    public void prepare(int rsaBits) {
        prepared.set(accelerated
                .<@Nullable SigningKeyPair>thenApplyAsync(
                        loaded -> fresh(SigningAlgorithm.RS256, rsaBits, loaded), OWN_THREAD)
                .exceptionally(failure -> null));
    }

    @Override
    public SigningKeyPair generate(SigningAlgorithm algorithm, int rsaBits) {
        if (algorithm != SigningAlgorithm.RS256) {
            return fresh(algorithm, rsaBits, Optional.empty());
        }
        // Making RSA keys takes the JDK so much longer that waiting for the other to be loaded pays.
        load.run();
        CompletableFuture<@Nullable SigningKeyPair> begun = prepared.getAndSet(null);
        SigningKeyPair pair = begun == null ? null : begun.join();
        return pair == null ? fresh(algorithm, rsaBits, accelerated.join()) : pair;
    }

    private static SigningKeyPair fresh(SigningAlgorithm algorithm, int rsaBits, Optional<Provider> accelerated) {
        Provider provider = accelerated.orElseGet(Jca.of(algorithm)::jdk);
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(Jca.of(algorithm).keys(), provider);
            switch (algorithm) {
                case RS256 -> generator.initialize(rsaBits);
                case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case EDDSA -> {} // one size, and no choice
            }
            KeyPair pair = generator.generateKeyPair();
            return SigningKeyPair.of(pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " makes no key for " + algorithm.publicName(), e);
        }
    }

    @Override
    public SigningKeyPair readPem(Path path) {
        KeyFile file = new KeyFile(path, "signing key file");
        SigningKeyPair pair = ImportedKeys.read(file);
        if (!verifies(jdkSigner(pair), pair.jwk())) {
            throw file.failure("holds a private key whose numbers do not fit together");
        }
        return pair;
    }

    @Override
    public SigningKeyPair of(KeyPair given) {
        SigningKeyPair pair = ImportedKeys.of(given);
        if (!verifies(jdkSigner(pair), pair.jwk())) {
            throw ServiceException.misconfigured("The public key of the signing key is not that of its private key.");
        }
        return pair;
    }

    @Override
    public KeySigner signer(SigningKeyPair key) {
        CompletableFuture<Optional<KeySigner>> better = accelerated.thenApplyAsync(
                loaded -> loaded.flatMap(provider -> acceleratedSigner(key, provider)), OWN_THREAD);
        return new SwitchingSigner(key, () -> jdkSigner(key), load, better);
    }

    /** A signer of the accelerated provider that has shown, on one signature, that it works here. */
    private static Optional<KeySigner> acceleratedSigner(SigningKeyPair key, Provider provider) {
        try {
            KeySigner signer = new ProviderSigner(key, provider);
            if (verifies(signer, key.jwk())) {
                return Optional.of(signer);
            }
            LogEvent.SIGNER_FAILED
                    .error(LOG)
                    .log("Tokens are signed by the JDK: {} made a signature that does not verify", provider.getName());
        } catch (IllegalStateException | LinkageError e) {
            LogEvent.SIGNER_FAILED
                    .error(LOG)
                    .setCause(e)
                    .log("Tokens are signed by the JDK: {} cannot sign here", provider.getName());
        }
        return Optional.empty();
    }

    private static KeySigner jdkSigner(SigningKeyPair key) {
        return new ProviderSigner(key, Jca.of(key.algorithm()).jdk());
    }

    private static boolean verifies(KeySigner signer, PublicJwk jwk) {
        Jca jca = Jca.of(jwk.algorithm());
        try {
            Signature verifier = Signature.getInstance(jca.signature(), jca.jdk());
            verifier.initVerify(jca.keyFactory(jca.jdk()).generatePublic(jwk.keySpec()));
            verifier.update(PROBE);
            return verifier.verify(signer.sign(Arrays.copyOf(PROBE, PROBE.length)));
        } catch (IllegalStateException | IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }
}
