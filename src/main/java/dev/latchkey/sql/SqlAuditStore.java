package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.audit.AuditStore;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Conditions;
import dev.latchkey.sql.row.PageSize;
import dev.latchkey.sql.row.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The audit events in one table; {@link AuditLog} writes them. */
final class SqlAuditStore implements AuditStore {
    private static final String SELECT =
            "SELECT id, at, actor_kind, actor_name, actor_title, actor_role, actor_from, action, subject,"
                    + " subject_name, before, after FROM ";
    private static final String LENGTH = "coalesce(length(before), 0) + coalesce(length(after), 0)";

    /** What an access key is called is followed through the other names that it has or had. */
    private static final String SUBJECT = "(subject = ?"
            + " OR subject IN (SELECT id FROM access_keys WHERE name = ?)"
            + " OR subject IN (SELECT subject FROM audit_events WHERE subject_name = ? AND subject_name <> ''))";

    private static final String KEY = "substr(action, 1, 4) = 'key.' AND " + SUBJECT;
    private static final String ACTOR = "(actor_name = ? OR (actor_title = ? AND actor_title <> ''))";
    private static final String ACTION = "(action = ? OR substr(action, 1, length(?)) = ?)";
    private static final String NEWEST_FIRST = "id DESC";

    /** So many at once: others that write get their turn between, and no statement takes long. */
    private static final int PRUNED_AT_ONCE = 5000;

    private static final String PRUNE = "DELETE FROM audit_events WHERE id IN"
            + " (SELECT id FROM audit_events WHERE at < ? ORDER BY at LIMIT " + PRUNED_AT_ONCE + ")";

    private final Database database;
    private final AuditLog auditLog;

    SqlAuditStore(Database database, AuditLog auditLog) {
        this.auditLog = auditLog;
        this.database = database;
    }

    @Override
    public AuditPage page(AuditQuery query) {
        Conditions conditions = conditions(query);
        List<Object> values = conditions.values();
        if (values.stream().anyMatch(value -> value instanceof String text && !Column.canHold(text))) {
            return new AuditPage(List.of(), null);
        }
        values.add(query.limit() + 1);
        String rows = "SELECT * FROM audit_events" + conditions.where() + " ORDER BY " + NEWEST_FIRST + " LIMIT ?";
        String page = SELECT + PageSize.bounded(rows, LENGTH, NEWEST_FIRST) + " p ORDER BY " + NEWEST_FIRST;
        List<AuditPage.Entry> entries = database.read(connection -> Statements.all(
                connection, page, row -> new AuditPage.Entry(row.getLong(1), event(row)), values.toArray()));
        // One event more than the page has tells that there is a next one.
        int size = PageSize.of(entries, query.limit(), entry -> length(entry.event()));
        boolean more = entries.size() > size;
        return new AuditPage(
                entries.subList(0, size), more ? entries.get(size - 1).number() : null);
    }

    @Override
    public void append(AuditEvent event) {
        database.change(connection -> auditLog.append(connection, List.of(event)));
    }

    @Override
    public long prune(Instant before) {
        long pruned = 0;
        int now;
        do {
            now = database.write(connection -> Statements.update(connection, PRUNE, before));
            pruned += now;
        } while (now == PRUNED_AT_ONCE);
        return pruned;
    }

    private static Conditions conditions(AuditQuery query) {
        AuditQuery.Filter filter = query.filter();
        Conditions conditions = new Conditions();
        conditions.add("id < ?", query.before());
        conditions.add("at >= ?", filter.since());
        conditions.add(SUBJECT, filter.subject(), filter.subject(), filter.subject());
        conditions.add(KEY, filter.key(), filter.key(), filter.key());
        conditions.add(ACTOR, filter.actor(), filter.actor());
        String within = filter.action() + ".";
        conditions.add(ACTION, filter.action(), within, within);
        return conditions;
    }

    /** No less than what the database counts. */
    private static long length(AuditEvent event) {
        String before = event.before();
        String after = event.after();
        return (before == null ? 0L : before.length()) + (after == null ? 0 : after.length());
    }

    private static AuditEvent event(ResultSet row) throws SQLException {
        Actor actor = new Actor(
                Actor.Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                Role.fromPublicName(row.getString(6))
                        .orElseThrow(() -> new IllegalStateException("stored role is no role")),
                row.getString(7),
                row.getString(5));
        return new AuditEvent(
                Column.time(row, 2),
                actor,
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12));
    }
}
