package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stored access keys. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store cannot be
 * read or written. Each writing method is one transaction, its audit events included.
 */
public interface AccessKeyStore {
    /**
     * The key with this id, with its secrets. One round trip: it is on the path of every token. Costs the same whether
     * there is such a key or not, so that time does not tell which ids are keys.
     */
    Optional<AccessKey> find(String id);

    /**
     * The same across a network, for a caller who does not wait: {@code then} is given what {@link #find} answers, or fails
     * with, on a thread that must not be kept. False where there is no network or too many wait: it is never called then.
     */
    boolean findLater(String id, Consumer<Supplier<Optional<AccessKey>>> then);

    /** Every audience that some key has. */
    Set<String> audiences();

    /** All keys, newest first. For stores that are known to be small; {@link #page} is for any. */
    List<AccessKey> all();

    /** The keys with exactly this name, newest first, so many at most. */
    List<AccessKey> findByName(String name, int most);

    /** A page of keys; costs the same wherever in the list it lies. */
    AccessKeyPage page(AccessKeyQuery query, Instant now);

    /** How many keys meet the conditions. */
    long count(AccessKeyQuery.Filter filter, Instant now);

    /**
     * Adds these scopes to the catalogue, where they are not there already, and the key.
     *
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when an id is taken, or {@link ErrorKind#INVALID}
     *     when a scope is not in the catalogue
     */
    void insert(AccessKey key, List<Scope> unlistedScopes, List<AuditEvent> events);

    /**
     * Replaces settings, secrets and revision of a key that is still at {@code expectedRevision}; answers whether it was.
     * Keeps {@code created_*} and every {@code last_used_at}.
     *
     * @throws ServiceException of kind {@link ErrorKind#INVALID} when a scope is not in the catalogue
     */
    boolean update(AccessKey changed, long expectedRevision, AuditEvent event);

    /** Removes a key that is still at {@code expectedRevision}; answers whether it was. */
    boolean delete(String id, long expectedRevision, AuditEvent event);

    /**
     * Moves the times of last use of keys, secrets and scopes forward, never back; passes over what is gone meanwhile. In as
     * many transactions as befit so many uses: when it fails, some of them may have been written.
     */
    void recordUses(Collection<Use> uses);

    /**
     * A use of a key.
     *
     * @param secret the secret that it proved itself by; null = it used a signed assertion, or no token was asked for
     * @param scopes those that the use named, which may be none
     * @param at the latest time, cut to seconds
     */
    record Use(String keyId, Kind kind, @Nullable SecretHash secret, ScopeSet scopes, Instant at) {
        /** What a key is used for. */
        public enum Kind {
            /** It got a token, and the scopes are those that it asked for by name. */
            TOKEN,
            /** A request with its token was let through where these scopes are demanded. */
            DEMAND
        }

        /** A key got a token and named no scope. */
        public Use(String keyId, @Nullable SecretHash secret, Instant at) {
            this(keyId, Kind.TOKEN, secret, ScopeSet.NONE, at);
        }
    }
}
