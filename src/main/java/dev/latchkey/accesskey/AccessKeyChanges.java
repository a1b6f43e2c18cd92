package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.LogText;
import dev.latchkey.error.ServiceException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes one key without losing what others change at the same time. Thread-safe. */
final class AccessKeyChanges {
    /** How often a change is tried again when others change the same key meanwhile. */
    private static final int TRIES = 20;

    /** So many ids of keys of one name are told. */
    private static final int MAX_NAMED = 10;

    private final AccessKeyStore store;

    AccessKeyChanges(AccessKeyStore store) {
        this.store = store;
    }

    /** One try to write what was made of a key; empty when another writer came between. */
    interface Attempt {
        Optional<AccessKey> of(AccessKey key);
    }

    /** The key with this id; fails with NOT_FOUND. */
    AccessKey find(String id) {
        Optional<AccessKey> found = AccessKeyIds.isValid(id) ? store.find(id) : Optional.empty();
        return found.orElseThrow(
                () -> ServiceException.notFound("There is no access key with the id " + named(id) + "."));
    }

    /** The key with this id, else the one with this name; fails with CONFLICT when several have it, or NOT_FOUND. */
    AccessKey findByIdOrName(String idOrName) {
        Optional<AccessKey> byId = AccessKeyIds.isValid(idOrName) ? store.find(idOrName) : Optional.empty();
        if (byId.isPresent()) {
            return byId.get();
        }
        List<AccessKey> named = store.findByName(idOrName, MAX_NAMED + 1);
        if (named.size() > 1) {
            throw ServiceException.conflict("More than one access key has this name; give the id: " + ids(named) + ".");
        }
        return named.stream()
                .findFirst()
                .orElseThrow(() -> ServiceException.notFound(
                        "There is no access key with the id or name " + named(idOrName) + "."));
    }

    /** The message is logged, too, and people paste a secret where the id belongs. */
    private static String named(String idOrName) {
        return LogText.couldBeSecret(idOrName) ? LogText.quoted(idOrName) : FieldError.cut(idOrName);
    }

    private static String ids(List<AccessKey> keys) {
        String ids = keys.stream().limit(MAX_NAMED).map(AccessKey::id).collect(Collectors.joining(", "));
        return keys.size() > MAX_NAMED ? ids + " and others" : ids;
    }

    /**
     * Reads, changes and writes back, again from the start when another writer came between.
     *
     * @param expectedRevision the only revision that may be changed; null = any
     * @throws ServiceException of kind NOT_FOUND or PRECONDITION_FAILED
     */
    AccessKey make(String id, @Nullable Long expectedRevision, Attempt attempt) {
        for (int i = 0; i < TRIES; i++) {
            AccessKey key = find(id);
            if (expectedRevision != null && key.revision() != expectedRevision) {
                throw ServiceException.of(
                        ErrorKind.PRECONDITION_FAILED, "The key was changed meanwhile; read it again and repeat.");
            }
            Optional<AccessKey> done = attempt.of(key);
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw ServiceException.conflict("Others are changing this key all the time; try again.");
    }

    /** Puts {@code changed} in the place of {@code key}; empty when that is there no more. */
    Optional<AccessKey> write(AccessKey key, AccessKey changed, AuditEvent event) {
        return store.update(changed, key.revision(), event) ? Optional.of(changed) : Optional.empty();
    }
}
