package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.TrustedIssuer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The store as an import sees it, from within its one transaction. For one thread, until the import is over. */
public interface ImportTransaction extends ExportReading {
    /** The keys with these ids, by id. */
    Map<String, AccessKey> findAll(Collection<String> ids);

    /** For each of the names that keys have, the id of the one key, or of two of them. */
    Map<String, List<String>> idsByName(Collection<String> names);

    /** Those of the scopes that the catalogue has. */
    Set<String> listed(Collection<String> scopes);

    /** Adds a trusted issuer, or puts it in the place of the one of its name. */
    void put(TrustedIssuer issuer, AuditEvent event);

    /**
     * Adds the scopes that are not there yet, then adds or replaces each key as {@link AccessKeyStore#update} would.
     *
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when a key that it replaces has changed or gone, or an
     *     id or a name that must be free is taken; {@link ErrorKind#INVALID} when a scope is not in the catalogue
     */
    void apply(AccessKeyImportPlan step);

    /** Removes keys, of each of which there is an event; fails with CONFLICT when one has changed or gone. */
    void delete(List<AccessKey> keys, List<AuditEvent> events);
}
