package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyImportPlan;
import dev.latchkey.accesskey.AccessKeyImportPlan.Change;
import dev.latchkey.accesskey.AccessKeyPage;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.AccessKeyUse;
import dev.latchkey.accesskey.Scope;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Access keys in three tables: the keys, their secrets, and the scopes that hold the catalogue's in place. */
final class SqlAccessKeyStore implements AccessKeyStore {
    private static final String SELECT = AccessKeyRows.selectFrom("access_keys");
    private static final String NEWEST_FIRST = " ORDER BY k.created_at DESC, k.id DESC, s.place";
    private static final String FIND = SELECT + " WHERE k.id = ? UNION ALL " + AccessKeyRows.SELECT_DUMMY;
    private static final String FIND_BY_NAME = SELECT + " WHERE k.name = ?" + NEWEST_FIRST;
    private static final String ALL = SELECT + NEWEST_FIRST;
    private static final String DELETE = "DELETE FROM access_keys WHERE id = ? AND revision = ?";

    private final Database database;
    private final AccessKeyWriter writer;

    SqlAccessKeyStore(Database database) {
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
    public List<AccessKey> findByName(String name) {
        if (!Column.canHold(name)) {
            return List.of();
        }
        return database.query(FIND_BY_NAME, select -> {
            select.setString(1, name);
            return AccessKeyRows.readAll(select);
        });
    }

    @Override
    public List<AccessKey> all() {
        return database.query(ALL, AccessKeyRows::readAll);
    }

    @Override
    public AccessKeyPage page(AccessKeyQuery query) {
        if (query.text() != null && !Column.canHold(query.text())) {
            return new AccessKeyPage(List.of(), null);
        }
        return database.read(connection -> AccessKeySearch.page(connection, query));
    }

    @Override
    public void insert(AccessKey key, List<Scope> unlistedScopes, List<AuditEvent> events) {
        database.change(connection -> {
            Set<String> there = SqlScopeStore.insertMissing(connection, unlistedScopes);
            writer.insert(connection, List.of(key), Set.of());
            appendHappened(connection, events, there);
        });
    }

    @Override
    public boolean update(AccessKey changed, long expectedRevision, AuditEvent event) {
        return database.write(connection -> {
            boolean there = writer.update(connection, List.of(changed), List.of(expectedRevision));
            if (there) {
                AuditLog.append(connection, List.of(event));
            }
            return there;
        });
    }

    @Override
    public boolean delete(String id, long expectedRevision, AuditEvent event) {
        return database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, id);
                delete.setLong(2, expectedRevision);
                boolean there = delete.executeUpdate() > 0;
                if (there) {
                    SqlTokenStore.endTokens(connection, id, event.at());
                    AuditLog.append(connection, List.of(event));
                }
                return there;
            }
        });
    }

    @Override
    public void apply(AccessKeyImportPlan plan) {
        // By id everywhere: two transactions that change the same keys must not wait for each other in a circle.
        List<Change> changes = plan.changes().stream()
                .sorted(Comparator.comparing(change -> change.key().id()))
                .toList();
        List<Change> added = changes.stream().filter(Change::isNew).toList();
        List<Change> replaced =
                changes.stream().filter(change -> !change.isNew()).toList();
        Set<String> nameMustBeFree = added.stream()
                .filter(Change::nameMustBeFree)
                .map(change -> change.key().id())
                .collect(Collectors.toSet());
        database.change(connection -> {
            database.dialect().lockStore(connection);
            Set<String> there = SqlScopeStore.insertMissing(connection, plan.newScopes());
            writer.insert(connection, added.stream().map(Change::key).toList(), nameMustBeFree);
            List<Long> revisions =
                    replaced.stream().map(Change::replacedRevision).toList();
            if (!writer.update(connection, replaced.stream().map(Change::key).toList(), revisions)) {
                throw LatchkeyException.of(
                        ErrorKind.CONFLICT, "A key was changed by somebody else meanwhile; import again.");
            }
            appendHappened(connection, plan.events(), there);
        });
    }

    @Override
    public void recordUses(Collection<AccessKeyUse> uses) {
        database.change(connection -> AccessKeyUseWriter.write(connection, uses));
    }

    /** A scope that another call has added in the meantime was not added by this one. */
    private static void appendHappened(Connection connection, List<AuditEvent> events, Set<String> scopesThere)
            throws SQLException {
        AuditLog.append(
                connection,
                events.stream()
                        .filter(event -> !(event.action().equals("scope.add") && scopesThere.contains(event.subject())))
                        .toList());
    }
}
