package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.scope.Scope;
import java.util.List;

/**
 * Is told what an import does, row by row. Nothing of it is certain until the import returns. Called by the thread that
 * imports.
 */
public interface ImportListener {
    /** One that does not listen. */
    ImportListener NONE = new ImportListener() {};

    /** The document is read from its start; what was told before has not happened. */
    default void begin() {}

    /** So many of the document's keys have been read. */
    default void progress(long rows, long all) {}

    /** A scope that the catalogue did not have. */
    default void scopeAdded(Scope scope, AuditEvent event) {}

    /** A trusted issuer that is added or changed. */
    default void issuerChanged(AuditEvent event) {}

    /** A key that is added or changed, and the one or two events that the audit log has of it. */
    default void keyChanged(AccessKeyImportPlan.Change change, List<AuditEvent> events) {}

    /** A key that is deleted because the document does not name it. */
    default void keyDeleted(AccessKey key, AuditEvent event) {}

    /** So many of the store's keys have been held against the document, to find those that it does not name. */
    default void compared(long keys) {}
}
