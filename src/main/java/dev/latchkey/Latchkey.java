package dev.latchkey;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth 2.0 token service that runs inside this program. Thread-safe; not to be implemented by others.
 *
 * <pre>{@code
 * try (Latchkey latchkey = Latchkey.builder().start()) {
 *     Latchkey.NewKey key = latchkey.keys().create("orders", "fx", "gateway");
 *     String token = latchkey.tokenFor(key.id(), "fx");
 * }
 * }</pre>
 *
 * <p>It has no side effects on the program: it keeps nothing static but the libraries that the JVM loads once, adds no
 * shutdown hook and no security provider, writes to no stream, and logs by SLF4J. Its threads are daemons and end with it.
 * Several services in one JVM share nothing.
 */
public interface Latchkey extends AutoCloseable {
    /** What to start; every setting has a sensible default: a store in memory, a free port, on the loopback addresses. */
    static Builder builder() {
        return new LatchkeyBuilder();
    }

    /** Where it listens, such as {@code http://localhost:41234}. */
    URI url();

    /** The {@code iss} of its tokens (RFC 7519 §4.1.1) and the base of its metadata (RFC 8414). */
    URI issuer();

    /** Where its JWK Set is (RFC 7517 §5), at {@link #url}: programs of this machine reach it whatever the issuer is. */
    URI jwksUri();

    /** Where clients ask for tokens (RFC 6749 §3.2), at {@link #url}. */
    URI tokenEndpoint();

    /** The access keys, managed with the rights of an Owner. */
    Keys keys();

    /** The catalogue of scopes, managed with the rights of an Owner. */
    Scopes scopes();

    /**
     * A token for an access key, as the token endpoint would issue it, without HTTP and without the key's secret.
     *
     * @param scopes some of the key's; none = all that the key has
     * @return the JWT (RFC 9068)
     * @throws LatchkeyException of reason REFUSED when the key is unknown, disabled or expired, or has not all of the scopes
     */
    String tokenFor(String keyId, String... scopes);

    /**
     * Stops: finishes requests under way for half a second at most, writes down which keys were used and closes the store.
     * Closing again does nothing.
     */
    @Override
    void close();

    /** What to start. Not thread-safe; a builder starts as many services as its {@link #start} is called. */
    interface Builder {
        /** The address to listen on: {@code localhost} (the default: both loopbacks), a name or an IP address. */
        Builder host(String host);

        /** The port to listen on; 0 (the default) = any free one. */
        Builder port(int port);

        /** Where everything is kept; {@link Store#memory()} where nothing is said. */
        Builder store(Store store);

        /**
         * The {@code iss} of every token, an http(s) URL without a trailing slash; by default {@code http://localhost:} and the
         * port. Needed for a {@link #host} that is not loopback.
         */
        Builder issuer(String issuer);

        /** The default {@code aud} of tokens; by default the issuer. */
        Builder audience(String audience);

        /** How long tokens live: whole seconds, 60 s to 24 h; by default an hour. A key may have its own. */
        Builder tokenLifetime(Duration lifetime);

        /** What tells the time: of tokens, expiry and everything else; by default the system's. */
        Builder clock(Clock clock);

        /** A JSON file of scopes and keys to create or update at the start, as {@code --seed} takes it. */
        Builder seed(Path file);

        /** The same as JSON text. */
        Builder seed(String json);

        /** A PEM file of the private key to sign with, instead of the store's keys. */
        Builder signingKey(Path file);

        /** The key to sign with, instead of the store's keys: RSA of at least 2048 bits, EC on P-256, or Ed25519. */
        Builder signingKey(KeyPair pair);

        /** A file of 32 random bytes in base64 that encrypts private signing keys in the store. */
        Builder masterKey(Path file);

        /** Makes an Owner named {@code owner} with this password where the store has no user; without it none is made. */
        Builder ownerPassword(String password);

        /** Whether there are the web pages and {@code /api}; true where nothing is said. */
        Builder dashboard(boolean there);

        /** Whether it is a stand-in for development, with {@code /dev} and the key {@code dev}; false where nothing is said. */
        Builder dev(boolean standIn);

        /** Is told of each change to keys, scopes, users and signing keys. */
        Builder auditListener(AuditListener listener);

        /** Is told what the service does, for metrics. */
        Builder metricsListener(MetricsListener listener);

        /**
         * Starts a service and returns when tokens can be had.
         *
         * @throws LatchkeyException whose reason says why it cannot start; nothing is left running then
         */
        Latchkey start();
    }

    /** Access keys: OAuth 2.0 confidential clients (RFC 6749 §2.1). Every method fails with {@link LatchkeyException}. */
    interface Keys {
        /** Creates a key with a generated id and secret. Scopes that the catalogue does not have are added to it. */
        NewKey create(String name, String... scopes);

        /** The same with further settings; the scopes must be given there. */
        NewKey create(String name, Consumer<KeySettings> settings);

        /** The key of this id; empty = there is none. */
        Optional<Key> find(String id);

        /** All keys, newest first; for as many as memory holds. */
        List<Key> list();

        /** Changes what is set, and leaves the rest as it is; scopes must be in the catalogue. */
        Key edit(String id, Consumer<KeySettings> changes);

        /**
         * Gives a key a second secret, which is answered this once.
         *
         * @param grace how long the old one goes on working, zero to 30 days; zero ends it now
         */
        NewKey rotate(String id, Duration grace);

        /** Stops a key from getting tokens, at once. */
        Key disable(String id);

        /** Lets a key get tokens again. */
        Key enable(String id);

        /** Removes a key for good. */
        void delete(String id);
    }

    /** The catalogue of scopes (RFC 6749 §3.3) that keys may be given. */
    interface Scopes {
        /** Adds a scope. */
        void add(String name, String description);

        /** All scopes, by name. */
        List<Scope> list();

        /** Takes a scope out; of reason CONFLICT while a key has it. */
        void remove(String name);
    }

    /** What is set of a key. Not thread-safe; of use only while the method runs that it is handed to. */
    interface KeySettings {
        KeySettings name(String name);

        KeySettings description(String description);

        KeySettings scopes(String... scopes);

        KeySettings audience(String... audience);

        /** Whole seconds, 60 s to 24 h; null = the service's default. */
        KeySettings tokenLifetime(@Nullable Duration lifetime);

        /** Claims that its tokens have beside the registered ones; values as JSON has them. */
        KeySettings claims(Map<String, ?> claims);

        /** The first moment at which it no longer works, cut to seconds; null = never. */
        KeySettings expiresAt(@Nullable Instant expiry);

        /** A JWK Set of public keys for {@code private_key_jwt}, as JSON; null = none. */
        KeySettings jwks(@Nullable String json);
    }

    /**
     * An access key. Holds no secret.
     *
     * @param tokenLifetime how long its tokens live; empty = the service's default
     * @param audience the {@code aud} of its tokens; empty = the service's default
     * @param claims what it adds to its tokens
     * @param expiresAt the first moment at which it no longer works; empty = never
     * @param lastUsedAt when it last got a token; empty = never; may lag by some seconds
     */
    record Key(
            String id,
            String name,
            String description,
            List<String> scopes,
            boolean enabled,
            Optional<Duration> tokenLifetime,
            List<String> audience,
            Map<String, Object> claims,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt) {}

    /**
     * A key with a new secret, at the one moment at which that can be read. Prints without it.
     *
     * @param secret the OAuth 2.0 client secret
     */
    record NewKey(Key key, String secret) {
        /** The key's id, which is the OAuth 2.0 client id. */
        public String id() {
            return key.id();
        }

        @Override
        public String toString() {
            return "NewKey[id=" + key.id() + ", secret=…]";
        }
    }

    /** A scope of the catalogue. */
    record Scope(String name, String description) {}

    /**
     * Is told of each change when it is stored. Thread-safe; called by the thread that made the change; what it throws is
     * logged.
     */
    @FunctionalInterface
    interface AuditListener {
        void changed(AuditEvent event);
    }

    /**
     * A change.
     *
     * @param actor who made it, such as {@code user:ann} or {@code system:latchkey}
     * @param from where from: a network address, {@code cli} or {@code self}
     * @param action such as {@code key.create}
     * @param subject which key, scope, user or signing key
     * @param subjectName what an access key was called then; empty = it is nothing that has a name beside its id
     * @param before what it was, as JSON; empty = nothing
     * @param after what it is now, as JSON; empty = nothing
     */
    record AuditEvent(
            Instant at,
            String actor,
            String from,
            String action,
            String subject,
            String subjectName,
            Optional<String> before,
            Optional<String> after) {}

    /**
     * Is told what the service does. Thread-safe; called by the threads that answer requests, which wait for it; must not
     * throw. No text that it is given holds what a client sent.
     */
    interface MetricsListener {
        /** A token request was answered: {@code issued} or the error code (RFC 6749 §5.2). */
        default void tokenRequested(String outcome, Duration took) {}

        /** A token was introspected (RFC 7662). */
        default void introspected(boolean active) {}

        /** Forward authentication answered: {@code passed}, {@code no_token} or the error code (RFC 6750 §3.1). */
        default void verified(String outcome) {}

        /** A request was answered; {@code route} is a pattern such as {@code /api/keys/{id}}, or {@code none}. */
        default void answered(String route, int status, Duration took) {}

        /** A request or connection was turned away because there were too many. */
        default void shed(String reason) {}

        /** The store stopped to work, or works again. */
        default void storeUp(boolean up) {}
    }
}
