package dev.latchkey.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit log.
 *
 * @param entries newest first
 * @param next what to ask {@link AuditQuery#before()} for next; null = there is no more
 */
public record AuditPage(List<Entry> entries, @Nullable Long next) {
    public AuditPage {
        entries = List.copyOf(entries);
    }

    /** An event and its number, which grows with each event; gaps mean nothing. */
    public record Entry(long number, AuditEvent event) {}
}
