package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Writes audit events, within the transaction of the change that they explain. */
final class AuditLog {
    private static final String INSERT = "INSERT INTO audit_events"
            + " (at, actor_kind, actor_name, actor_role, actor_from, action, subject, before, after)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private AuditLog() {}

    static void append(Connection connection, List<AuditEvent> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (AuditEvent event : events) {
                Column.set(insert, 1, event.at());
                insert.setString(2, event.actor().kind().name().toLowerCase(Locale.ROOT));
                insert.setString(3, event.actor().name());
                insert.setString(4, event.actor().role().publicName());
                insert.setString(5, event.actor().from());
                insert.setString(6, event.action());
                insert.setString(7, event.subject());
                insert.setString(8, event.before());
                insert.setString(9, event.after());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
