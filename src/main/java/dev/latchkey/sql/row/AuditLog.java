package dev.latchkey.sql.row;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditListener;
import dev.latchkey.permission.Actor;
import dev.latchkey.sql.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes audit events, within the transaction of the change that they explain. Thread-safe. */
public final class AuditLog {
    private static final String INSERT = "INSERT INTO audit_events"
            + " (at, actor_kind, actor_name, actor_title, actor_role, actor_from, action, subject, subject_name,"
            + " before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Database database;
    private volatile AuditListener listener = AuditListener.NONE;

    public AuditLog(Database database) {
        this.database = database;
    }

    /** From here on, the listener is told of what is in the store; of a transaction that is rolled back it hears nothing. */
    public void listen(AuditListener told) {
        this.listener = told;
    }

    public void append(Connection connection, List<AuditEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (Statements.Repeated insert = new Statements.Repeated(connection, INSERT)) {
            for (AuditEvent event : events) {
                Actor actor = event.actor();
                insert.add(
                        event.at(),
                        actor.kind().name().toLowerCase(Locale.ROOT),
                        actor.name(),
                        actor.title(),
                        actor.role().publicName(),
                        actor.from(),
                        event.action(),
                        event.subject(),
                        event.subjectName(),
                        event.before(),
                        event.after());
            }
            insert.run();
        }
        AuditListener told = listener;
        if (told != AuditListener.NONE) {
            database.afterCommit(() -> events.forEach(told::recorded));
        }
    }

    /** The same without the scopes that were there already: another call has added them in the meantime. */
    public void appendHappened(Connection connection, List<AuditEvent> events, Set<String> scopesThere)
            throws SQLException {
        append(
                connection,
                events.stream()
                        .filter(event -> !(event.action().equals("scope.add") && scopesThere.contains(event.subject())))
                        .toList());
    }
}
