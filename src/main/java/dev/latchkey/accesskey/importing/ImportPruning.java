package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.permission.Actor;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Deletes the keys that no row of an import file means, some at a time. Lives for one import. */
final class ImportPruning {
    private static final int KEYS_AT_ONCE = 100;

    private final ImportTransaction transaction;
    private final ImportListener listener;
    private final Actor actor;
    private final Instant now;

    ImportPruning(ImportTransaction transaction, ImportListener listener, Actor actor, Instant now) {
        this.transaction = transaction;
        this.listener = listener;
        this.actor = actor;
        this.now = now;
    }

    /**
     * Goes through all keys of the store.
     *
     * @param isMeant whether a row means the key with this id
     * @param writes whether they are deleted, or only told
     * @return how many no row means
     */
    long run(Predicate<String> isMeant, boolean writes) {
        long compared = 0;
        long deleted = 0;
        List<AccessKey> keys = transaction.keysAfter("", KEYS_AT_ONCE);
        while (!keys.isEmpty()) {
            List<AccessKey> unnamed =
                    keys.stream().filter(key -> !isMeant.test(key.id())).toList();
            List<AuditEvent> events = unnamed.stream().map(this::deletion).toList();
            if (writes && !unnamed.isEmpty()) {
                transaction.delete(unnamed, events);
            }
            deleted += unnamed.size();
            compared += keys.size();
            listener.compared(compared);
            keys = transaction.keysAfter(keys.get(keys.size() - 1).id(), KEYS_AT_ONCE);
        }
        return deleted;
    }

    private AuditEvent deletion(AccessKey key) {
        String before = AccessKeyJson.settingsText(key.settings());
        AuditEvent event = new AuditEvent(
                now, actor, "key.delete", key.id(), key.settings().name(), before, null);
        listener.keyDeleted(key, event);
        return event;
    }
}
