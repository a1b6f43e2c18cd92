package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyPage;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.advice.ScopeHistory;
import dev.latchkey.accesskey.advice.ScopeHistoryStore;
import dev.latchkey.accesskey.importing.ImportStore;
import dev.latchkey.accesskey.importing.ImportTransaction;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.scope.Scope;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.sql.row.Statements.Repeated;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Access keys in four tables: the keys, their secrets, the scopes that hold the catalogue's in place, and when scopes were
 * last used.
 */
final class SqlAccessKeyStore implements AccessKeyStore, ImportStore, ScopeHistoryStore {
    private static final String SELECT = AccessKeyRows.selectFrom("access_keys");
    private static final String NEWEST_FIRST = " ORDER BY k.created_at DESC, k.id DESC, s.place";
    private static final String FIND = SELECT + " WHERE k.id = ? UNION ALL " + AccessKeyRows.SELECT_DUMMY;
    private static final String FIND_BY_NAME = AccessKeyRows.selectFrom(
                    "(SELECT * FROM access_keys WHERE name = ?" + " ORDER BY created_at DESC, id DESC LIMIT ?)")
            + NEWEST_FIRST;
    private static final String ALL = SELECT + NEWEST_FIRST;
    /** By an index that has only the keys that have one. */
    private static final String AUDIENCES = "SELECT DISTINCT audience FROM access_keys WHERE audience <> ''";

    private static final String DELETE = "DELETE FROM access_keys WHERE id = ? AND revision = ?";

    /**
     * One transaction writes the uses of so many keys at most: it locks their rows, and a client that changes one of these keys
     * waits until it is committed.
     */
    private static final int USES_AT_ONCE = 4_000;

    private final Database database;
    private final AuditLog auditLog;
    private final AccessKeyWriter writer;
    private final @Nullable KeyLookups lookups;

    /** @param lookups null = the store is not across a network */
    SqlAccessKeyStore(Database database, AuditLog auditLog, @Nullable KeyLookups lookups) {
        this.lookups = lookups;
        this.auditLog = auditLog;
        this.database = database;
        this.writer = new AccessKeyWriter(database.dialect());
    }

    @Override
    public Optional<AccessKey> find(String id) {
        if (!Column.canHold(id)) {
            return Optional.empty();
        }
        return database.query(FIND, find -> {
            find.setString(1, id);
            return AccessKeyRows.readOrDummy(find, id);
        });
    }

    @Override
    public boolean findLater(String id, Consumer<Supplier<Optional<AccessKey>>> then) {
        return lookups != null && Column.canHold(id) && lookups.find(id, then);
    }

    @Override
    public List<AccessKey> findByName(String name, int most) {
        if (!Column.canHold(name)) {
            return List.of();
        }
        return database.query(FIND_BY_NAME, select -> {
            select.setString(1, name);
            select.setLong(2, most);
            return AccessKeyRows.readAll(select);
        });
    }

    @Override
    public Set<String> audiences() {
        return database.query(AUDIENCES, select -> Statements.all(select, row -> Column.text(row, 1))).stream()
                .flatMap(text -> Stream.of(text.split(" ", -1)))
                .collect(Collectors.toSet());
    }

    @Override
    public List<AccessKey> all() {
        return database.query(ALL, AccessKeyRows::readAll);
    }

    @Override
    public AccessKeyPage page(AccessKeyQuery query, Instant now) {
        return canMatch(query.filter())
                ? database.read(connection -> AccessKeySearch.page(connection, query, now))
                : new AccessKeyPage(List.of(), null);
    }

    @Override
    public long count(AccessKeyQuery.Filter filter, Instant now) {
        return canMatch(filter) ? database.read(connection -> AccessKeySearch.count(connection, filter, now)) : 0;
    }

    private static boolean canMatch(AccessKeyQuery.Filter filter) {
        String text = filter.text();
        return text == null || Column.canHold(text);
    }

    @Override
    public void insert(AccessKey key, List<Scope> unlistedScopes, List<AuditEvent> events) {
        database.change(connection -> {
            Set<String> there = SqlScopeStore.insertMissing(connection, unlistedScopes);
            writer.insert(connection, List.of(key), Set.of());
            auditLog.appendHappened(connection, events, there);
        });
    }

    @Override
    public boolean update(AccessKey changed, long expectedRevision, AuditEvent event) {
        return database.write(connection -> {
            boolean there = writer.update(connection, List.of(changed), List.of(expectedRevision));
            if (there) {
                auditLog.append(connection, List.of(event));
            }
            return there;
        });
    }

    @Override
    public boolean delete(String id, long expectedRevision, AuditEvent event) {
        return database.write(
                connection -> delete(connection, auditLog, List.of(id), List.of(expectedRevision), List.of(event)));
    }

    /** Removes keys; answers whether each was at its revision. When false, the transaction must not be kept. */
    static boolean delete(
            Connection connection, AuditLog auditLog, List<String> ids, List<Long> revisions, List<AuditEvent> events)
            throws SQLException {
        try (Repeated delete = new Repeated(connection, DELETE)) {
            for (int i = 0; i < ids.size(); i++) {
                delete.add(ids.get(i), revisions.get(i));
            }
            if (!AccessKeyWriter.allDone(delete.run())) {
                return false;
            }
        }
        SqlTokenStore.endTokens(connection, ids, events.get(0).at());
        auditLog.append(connection, events);
        return true;
    }

    @Override
    public <T> T importing(Function<ImportTransaction, T> work) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            return new SqlImportTransaction(connection, database.dialect(), writer, auditLog).run(work);
        });
    }

    @Override
    public <T> T comparing(Function<ImportTransaction, T> work) {
        return database.snapshot(
                connection -> new SqlImportTransaction(connection, database.dialect(), writer, auditLog).run(work));
    }

    @Override
    public void recordUses(Collection<Use> uses) {
        // By id, so that what is written together is close to each other in each transaction.
        List<Use> ordered =
                uses.stream().sorted(Comparator.comparing(Use::keyId)).toList();
        for (int i = 0; i < ordered.size(); i += USES_AT_ONCE) {
            List<Use> some = ordered.subList(i, Math.min(ordered.size(), i + USES_AT_ONCE));
            database.change(connection -> AccessKeyUseRows.write(connection, database.dialect(), some));
        }
    }

    @Override
    public Map<String, ScopeHistory> histories(Collection<String> keyIds) {
        return database.read(connection -> AccessKeyUseRows.histories(connection, keyIds));
    }
}
