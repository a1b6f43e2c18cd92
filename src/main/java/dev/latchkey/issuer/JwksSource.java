package dev.latchkey.issuer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Fetches JWK Sets. Thread-safe. */
public interface JwksSource {
    /**
     * Fetches an issuer's set on a thread of its own.
     *
     * @return completes within seconds; exceptionally, with a message that says why, when there is no set to be had
     */
    CompletableFuture<Fetched> fetch(TrustedIssuer issuer);

    /**
     * A set that was fetched.
     *
     * @param jwks as {@link PublicKeySet#usable} leaves it
     * @param keep for how long it may be kept
     */
    record Fetched(String jwks, Duration keep) {}
}
