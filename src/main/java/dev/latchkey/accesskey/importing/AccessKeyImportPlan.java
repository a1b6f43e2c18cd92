package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.scope.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import will do, worked out before anything is written.
 *
 * @param newScopes scopes that the catalogue does not have
 * @param changes keys to add or to change; keys that are as they should be do not appear
 * @param events one for each scope and change
 */
public record AccessKeyImportPlan(List<Scope> newScopes, List<Change> changes, List<AuditEvent> events) {
    public AccessKeyImportPlan {
        newScopes = List.copyOf(newScopes);
        changes = List.copyOf(changes);
        events = List.copyOf(events);
    }

    /**
     * One key to write.
     *
     * @param key as it shall be
     * @param replacedRevision the revision of the key that it replaces; 0 = it is new
     * @param generated the secret that was made for it; null = none was
     * @param nameMustBeFree whether it is new because no key has its name: one that others have added meanwhile is in
     *     its place
     */
    public record Change(
            AccessKey key, long replacedRevision, @Nullable AccessKeySecret generated, boolean nameMustBeFree) {
        public boolean isNew() {
            return replacedRevision == 0;
        }
    }

    public boolean isEmpty() {
        return newScopes.isEmpty() && changes.isEmpty();
    }
}
