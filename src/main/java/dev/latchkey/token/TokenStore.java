package dev.latchkey.token;

import dev.latchkey.error.ErrorKind;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored about single tokens. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store
 * cannot be read or written.
 */
public interface TokenStore {
    /** The standing of a token and of its key; empty when there is no such key. One round trip, before every request. */
    Optional<TokenStanding> standing(String clientId, String tokenId);

    /** Revokes a token, at once and everywhere. Doing so again changes nothing. */
    void revoke(String tokenId, Instant expiresAt);

    /** Forgets revocations of tokens, and deletions of keys, of which no token lives at {@code end}. */
    void prune(Instant end);
}
