package dev.latchkey.accesskey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a client is the access key it says it is (RFC 6749 §2.3). Thread-safe.
 *
 * <p>Every refusal does the same work: one look-up, one hash, one comparison; so an unknown key cannot be told from a
 * wrong secret by the answer or by its time.
 */
public final class ClientAuthenticator {
    /** Stands in for the secrets of a key that is not there. Nobody knows a text with this hash. */
    private static final List<StoredSecret> NOBODY =
            List.of(new StoredSecret(SecretHash.decode("A".repeat(43)), "", Instant.EPOCH, null, null));

    /** A given secret has at least this many characters; a shorter text in the place of an id is no secret. */
    private static final int SHORTEST_SECRET = 32;

    private final AccessKeyStore store;

    public ClientAuthenticator(AccessKeyStore store) {
        this.store = store;
    }

    /**
     * The key that the credentials prove, and what they proved it by.
     *
     * @throws ClientRefusedException when they prove none that may act at {@code now}
     */
    public AuthenticatedClient authenticate(ClientCredentials credentials, Instant now) {
        SecretHash presented = SecretHash.of(credentials.clientSecret());
        Optional<AccessKey> found = store.find(findable(credentials.clientId()));
        Optional<StoredSecret> matching = match(found.map(AccessKey::secrets).orElse(NOBODY), presented);

        AccessKey key = found.orElseThrow(() -> refused("no key has the id " + loggable(credentials.clientId())));
        StoredSecret secret = matching.orElseThrow(() -> refused("wrong secret for key " + key.id()));
        if (!secret.isLive(now)) {
            throw refused("the secret …" + secret.hint() + " of key " + key.id() + " has expired");
        }
        if (!key.settings().enabled()) {
            throw refused("key " + key.id() + " is disabled");
        }
        if (key.isExpired(now)) {
            throw refused("key " + key.id() + " has expired");
        }
        return new AuthenticatedClient(key, secret.hash());
    }

    /** An id that no key can have is looked up all the same, under one that the store can hold. */
    private static String findable(String id) {
        return AccessKeyIds.isValid(id) ? id : "-";
    }

    /** Looks at every secret, also after a match. */
    private static Optional<StoredSecret> match(List<StoredSecret> secrets, SecretHash presented) {
        Optional<StoredSecret> matching = Optional.empty();
        for (StoredSecret secret : secrets) {
            if (secret.hash().matches(presented)) {
                matching = Optional.of(secret);
            }
        }
        return matching;
    }

    /** The id, unless it could be a secret in the wrong place or break a log line. */
    private static String loggable(String id) {
        boolean generated = id.startsWith(AccessKeyIds.PREFIX);
        boolean harmless = AccessKeyIds.isValid(id)
                && !id.startsWith(AccessKeySecret.PREFIX)
                && (generated || id.length() < SHORTEST_SECRET);
        return harmless ? id : "that was presented (" + id.length() + " characters, not shown)";
    }

    private static ClientRefusedException refused(String reason) {
        return new ClientRefusedException(reason);
    }
}
