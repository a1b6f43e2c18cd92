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
import dev.latchkey.sql.row.PageSize;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
        Conditions conditions = new Conditions(query);
        if (!conditions.texts.stream().allMatch(Column::canHold)) {
            return new AuditPage(List.of(), null);
        }
        String rows = "SELECT * FROM audit_events" + conditions.where() + " ORDER BY " + NEWEST_FIRST + " LIMIT ?";
        String page = SELECT + PageSize.bounded(rows, LENGTH, NEWEST_FIRST) + " p ORDER BY " + NEWEST_FIRST;
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(page)) {
                conditions.set(select, query.limit() + 1L);
                try (ResultSet row = select.executeQuery()) {
                    return page(row, query.limit());
                }
            }
        });
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
            now = database.write(connection -> {
                try (PreparedStatement delete = connection.prepareStatement(PRUNE)) {
                    Column.set(delete, 1, before);
                    return delete.executeUpdate();
                }
            });
            pruned += now;
        } while (now == PRUNED_AT_ONCE);
        return pruned;
    }

    /** What a query asks for, as SQL and its parameters. */
    private static final class Conditions {
        private final List<String> all = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();

        Conditions(AuditQuery query) {
            AuditQuery.Filter filter = query.filter();
            if (query.before() != null) {
                all.add("id < ?");
                numbers.add(query.before());
            }
            if (filter.since() != null) {
                all.add("at >= ?");
                numbers.add(filter.since().getEpochSecond());
            }
            add(SUBJECT, filter.subject(), filter.subject(), filter.subject());
            add(KEY, filter.key(), filter.key(), filter.key());
            add(ACTOR, filter.actor(), filter.actor());
            String within = filter.action() == null ? null : filter.action() + ".";
            add(ACTION, filter.action(), within, within);
        }

        private void add(String condition, @Nullable String... values) {
            if (values[0] != null) {
                all.add(condition);
                for (String value : values) {
                    texts.add(String.valueOf(value));
                }
            }
        }

        String where() {
            return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
        }

        void set(PreparedStatement select, long limit) throws SQLException {
            int index = 1;
            for (long number : numbers) {
                select.setLong(index++, number);
            }
            for (String text : texts) {
                select.setString(index++, text);
            }
            select.setLong(index, limit);
        }
    }

    /** One event more than the page has tells that there is a next one. */
    private static AuditPage page(ResultSet row, int limit) throws SQLException {
        List<AuditPage.Entry> entries = new ArrayList<>();
        while (row.next()) {
            entries.add(new AuditPage.Entry(row.getLong(1), event(row)));
        }
        int size = PageSize.of(entries, limit, entry -> length(entry.event()));
        boolean more = entries.size() > size;
        return new AuditPage(
                entries.subList(0, size), more ? entries.get(size - 1).number() : null);
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
