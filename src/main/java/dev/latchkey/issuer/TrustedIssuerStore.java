package dev.latchkey.issuer;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored trusted issuers, and which keys trust which of their subjects. Thread-safe. Every method fails with {@link
 * ErrorKind#UNAVAILABLE} when the store cannot be read or written.
 */
public interface TrustedIssuerStore {
    /** All of them, by name. */
    List<TrustedIssuer> all();

    Optional<TrustedIssuer> find(String name);

    /** Those with exactly this {@code iss}, by name. */
    List<TrustedIssuer> issuing(String iss);

    /**
     * The ids of keys that trust a subject of an issuer.
     *
     * @param most so many at most
     */
    List<String> trusting(String name, String subject, int most);

    /**
     * Keeps an issuer.
     *
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when the name is taken
     */
    void insert(TrustedIssuer issuer, AuditEvent event);

    /**
     * Takes an issuer out.
     *
     * @throws ServiceException of kind {@link ErrorKind#NOT_FOUND}, or {@link ErrorKind#CONFLICT} while a key names it
     */
    void delete(String name, AuditEvent event);

    /** What is known of the fetching of each issuer's JWK Set; nothing of one whose set is given. */
    JwksFetch fetch(String name);

    /** Notes a fetch: what of it is null stays as it was. An issuer that is gone is passed over. */
    void recordFetch(String name, JwksFetch fetch);

    /** What became of the tokens that a key trusts, in the order in which it names them. */
    List<FederatedUse> uses(String keyId);

    /** Notes uses and refusals, by the id of the key: times move forward only. What is gone is passed over. */
    void recordUses(Map<String, Collection<FederatedUse>> uses);
}
