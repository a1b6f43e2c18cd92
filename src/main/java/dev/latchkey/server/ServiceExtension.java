package dev.latchkey.server;

import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.KeySource;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.issuing.Grant;
import dev.latchkey.token.issuing.IssuingRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a package above this one adds to a service. The service does not know what that is: every method has a default
 * that adds nothing. Called by one thread at a time while the service starts; what it returns must be thread-safe.
 */
public interface ServiceExtension {
    /** Adds nothing. */
    ServiceExtension NONE = new ServiceExtension() {};

    /** Whether it judges itself which hosts and origins may reach {@code /api}. */
    default boolean judgesHosts() {
        return false;
    }

    /**
     * Looks at the store before the service uses it.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} to refuse it
     */
    default void opened(SqlStore store) {
        store.facts().purpose().ifPresent(purpose -> {
            throw ServiceException.of(
                    ErrorKind.MISCONFIGURED,
                    "The store " + store.shown() + " was made by " + purpose
                            + "; start it so, or name another store with --db.");
        });
    }

    /** How strict the seed is taken. */
    default AccessKeyImport.Rules seedRules(AccessKeyImport.Rules standard) {
        return standard;
    }

    /**
     * Adds to the store what is to be there beside the seed, which was applied.
     *
     * @param seed the document of the seed; null = there is none
     */
    default void seeded(SqlStore store, @Nullable ImportSource seed) {}

    /** Whether revocations, used assertions, sessions and audit events that are over are dropped from the store. */
    default boolean drops() {
        return true;
    }

    /** The service begins to stop; what an extension holds up must end. */
    default void stopping() {}

    /** What decides on the scope, audience and time of tokens. */
    default IssuingRules rules(SqlStore store, TokenSettings settings, IssuingRules standard) {
        return standard;
    }

    /** What signs and verifies tokens. */
    default KeySource keys(SigningKeys standard, KeyPairs pairs) {
        return standard;
    }

    /** Grants beside those of every service. */
    default List<Grant> grants() {
        return List.of();
    }

    /** Which values of {@code iss} are this service's own. */
    default Predicate<String> issuers(String issuer) {
        return issuer::equals;
    }

    /** Understands the payloads of tokens that a key of the service has signed; empty = they are as the service writes them. */
    default Optional<Function<byte[], SignedClaims>> claimsReader(String issuer) {
        return Optional.empty();
    }

    /** Which further URLs are this service's token endpoint, as the {@code aud} of a client's assertion (RFC 7523 §3). */
    default Predicate<String> tokenEndpoints(String issuer) {
        return url -> false;
    }

    /** Names of the pages that the dashboard has beside those of every service. */
    default List<String> pages() {
        return List.of();
    }

    /** Handlers in front of all endpoints, outermost first; each request has its id already. */
    default List<FrontHandler> front(ServiceParts parts) {
        return List.of();
    }
}
