package dev.latchkey.signingkey;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What signs the tokens of a service, and what verifies them. Thread-safe. */
public interface KeySource {
    /** Signs a token that lives this long. */
    KeySigner signer(Duration lifetime);

    /** The keys by which the service itself verifies tokens; from memory. */
    List<PublicJwk> published();

    /** The keys as verifiers find them in the JWK Set. */
    CompletableFuture<List<PublicJwk>> jwkSet();
}
