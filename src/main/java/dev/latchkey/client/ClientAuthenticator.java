package dev.latchkey.client;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.issuer.KeysPendingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client is the access key it says it is (RFC 6749 §2.3). Thread-safe.
 *
 * <p>Every refusal does the same work, so that an unknown key, a wrong secret and a disabled or expired key cannot be told
 * apart by the answer or its time: one look-up, which costs the same for an id that no key has, one hash, and as many
 * comparisons as a key may have secrets; or one look-up and one check of a signature, by a dummy key where no registered
 * one fits. Credentials that are missing or cannot be read cost as much as wrong ones.
 */
public final class ClientAuthenticator {
    /** Compared with where a key has fewer than two secrets, and never a match. No known text has this hash. */
    private static final SecretHash DUMMY_HASH = SecretHash.decode("A".repeat(43));

    /** What no key can be called. */
    private static final String DUMMY_ID = "-";

    /** As long as a generated secret. */
    private static final String DUMMY_SECRET = "-".repeat(53);

    /** How many secrets a key has at most: the new one and the old one of a rotation. */
    private static final int MAX_SECRETS = 2;

    /** A given secret has at least this many characters; a shorter text in the place of an id is no secret. */
    private static final int SHORTEST_SECRET = 32;

    private final AccessKeyStore store;
    private final ClientAssertions assertions;
    private final WorkloadTokens workloads;

    public ClientAuthenticator(AccessKeyStore store, ClientAssertions assertions, WorkloadTokens workloads) {
        this.store = store;
        this.assertions = assertions;
        this.workloads = workloads;
    }

    /**
     * A client that has proved who it is.
     *
     * @param secret which of the key's secrets it proved itself by; null = it used a signed assertion
     */
    public record Authenticated(AccessKey key, @Nullable SecretHash secret) {}

    /**
     * The key that the client proves to be, and what it proved it by.
     *
     * @throws ClientRefusedException when it proves to be none that may act at {@code now}
     * @throws KeysPendingException when a workload token waits for its issuer's JWK Set
     */
    public Authenticated authenticate(ClientProof proof, Instant now) {
        if (proof instanceof ClientProof.Assertion assertion) {
            return bySignature(assertion, now);
        }
        if (proof instanceof ClientProof.None nothing) {
            throw refusedAfterSameWork(nothing.reason());
        }
        if (proof instanceof ClientProof.LookedUp client) {
            return bySecret(client.credentials(), client.key(), now);
        }
        ClientProof.Credentials credentials = (ClientProof.Credentials) proof;
        return bySecret(credentials, () -> store.find(findable(credentials.clientId())), now);
    }

    /**
     * Reads the key of the client's id before {@link #authenticate}, where the caller would have to wait for it.
     *
     * @param then is given a proof that authenticates without waiting, on a thread that must not be kept
     * @return false where there is nothing to wait for, or too many wait already; {@code then} is never called then
     */
    public boolean lookUp(ClientProof proof, Consumer<ClientProof> then) {
        return proof instanceof ClientProof.Credentials credentials
                && store.findLater(
                        findable(credentials.clientId()),
                        key -> then.accept(new ClientProof.LookedUp(credentials, key)));
    }

    /**
     * The key of this id, where another than the client itself vouches for the client.
     *
     * @throws ClientRefusedException when there is none that may act at {@code now}
     */
    public Authenticated vouchedFor(String id, Instant now) {
        AccessKey key = notDummy(store.find(findable(id))).orElseThrow(() -> unknown(id));
        checkActive(key, now);
        return new Authenticated(key, null);
    }

    private ClientRefusedException refusedAfterSameWork(String reason) {
        SecretHash presented = SecretHash.of(DUMMY_SECRET);
        Optional<AccessKey> found = store.find(DUMMY_ID);
        var unused = match(found.map(AccessKey::secrets).orElse(List.of()), presented);
        return refused(reason);
    }

    private Authenticated bySignature(ClientProof.Assertion assertion, Instant now) {
        AssertionClaims claims = readable(assertion);
        if (!isOwn(claims)) {
            return workloads.authenticate(assertion, claims, now);
        }
        Optional<AccessKey> found = store.find(findable(claims.subject()));
        Optional<String> jwks = found.map(key -> key.settings().jwks());
        boolean signed = assertions.isSigned(assertion, jwks.orElse(AssertionReader.NO_KEYS));

        AccessKey key = notDummy(found).orElseThrow(() -> unknown(claims.subject()));
        if (jwks.isEmpty() || !signed) {
            throw refused("the assertion of key " + key.id() + " is not signed by a public key registered with it")
                    .of(key.id());
        }
        checkActive(key, now);
        try {
            assertions.check(claims, key, now);
            assertions.useOnce(claims, key);
        } catch (ClientRefusedException e) {
            throw e.of(key.id());
        }
        return new Authenticated(key, null);
    }

    private AssertionClaims readable(ClientProof.Assertion assertion) {
        try {
            AssertionClaims claims = assertions.readUnverified(assertion);
            if (isOwn(claims)) {
                ClientAssertions.checkOwn(assertion, claims);
            }
            return claims;
        } catch (ClientRefusedException e) {
            throw refusedAfterSameWork(String.valueOf(e.getMessage()));
        }
    }

    /** An issuer's URL cannot be the id of a key. */
    private static boolean isOwn(AssertionClaims claims) {
        return AccessKeyIds.isValid(claims.issuer());
    }

    private static Authenticated bySecret(
            ClientProof.Credentials credentials, Supplier<Optional<AccessKey>> lookUp, Instant now) {
        SecretHash presented = SecretHash.of(credentials.clientSecret());
        Optional<AccessKey> found = lookUp.get();
        Optional<StoredSecret> matching = match(found.map(AccessKey::secrets).orElse(List.of()), presented);

        AccessKey key = notDummy(found).orElseThrow(() -> unknown(credentials.clientId()));
        StoredSecret secret = matching.orElseThrow(
                () -> refused("wrong secret for key " + key.id()).of(key.id()));
        if (!secret.isLive(now)) {
            throw refused("the secret " + secret.shown() + " of key " + key.id() + " has expired")
                    .of(key.id());
        }
        checkActive(key, now);
        return new Authenticated(key, secret.hash());
    }

    static void checkActive(AccessKey key, Instant now) {
        if (!key.settings().enabled()) {
            throw refused("key " + key.id() + " is disabled").of(key.id());
        }
        if (key.isExpired(now)) {
            throw refused("key " + key.id() + " has expired").of(key.id());
        }
    }

    /** An id that no key can have is looked up all the same, under one that the store can hold. */
    private static String findable(String id) {
        return AccessKeyIds.isValid(id) ? id : DUMMY_ID;
    }

    /** A store may find its own dummy under the dummy's id. */
    private static Optional<AccessKey> notDummy(Optional<AccessKey> found) {
        return found.filter(key -> !key.id().equals(DUMMY_ID));
    }

    /** Looks at every secret, also after a match, and at a dummy for each that the key has less than it may. */
    private static Optional<StoredSecret> match(List<StoredSecret> secrets, SecretHash presented) {
        Optional<StoredSecret> matching = Optional.empty();
        for (int i = 0; i < Math.max(secrets.size(), MAX_SECRETS); i++) {
            boolean there = i < secrets.size();
            boolean matches = (there ? secrets.get(i).hash() : DUMMY_HASH).matches(presented);
            if (matches && there) {
                matching = Optional.of(secrets.get(i));
            }
        }
        return matching;
    }

    /** Whether the id can be no secret in the wrong place and does not break a log line. */
    private static boolean isLoggable(String id) {
        boolean generated = id.startsWith(AccessKeyIds.PREFIX);
        return AccessKeyIds.isValid(id)
                && !id.startsWith(AccessKeySecret.PREFIX)
                && (generated || id.length() < SHORTEST_SECRET);
    }

    private static ClientRefusedException unknown(String id) {
        return isLoggable(id)
                ? refused("no key has the id " + id).of(id)
                : refused("no key has the id that was presented (" + id.length() + " characters, not shown)");
    }

    private static ClientRefusedException refused(String reason) {
        return new ClientRefusedException(reason);
    }
}
