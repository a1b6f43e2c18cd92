package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.client.AssertionStore;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.FederatedSubject;
import dev.latchkey.issuer.FederatedUse;
import dev.latchkey.issuer.JwksFetch;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerStore;
import dev.latchkey.sql.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trusted issuers and the subjects of theirs that keys trust, in a table each; and the assertions that were used, in one
 * whose primary key lets each in once.
 */
final class SqlIssuerStore implements TrustedIssuerStore, AssertionStore {
    private static final String USE_ASSERTION =
            "INSERT INTO used_assertions (key_id, id_hash, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String PRUNE_ASSERTIONS = "DELETE FROM used_assertions WHERE expires_at < ?";

    private static final String SELECT = "SELECT name, issuer, jwks_uri, jwks, audience, max_age, single_use, ca,"
            + " created_at, created_by FROM issuers";
    private static final String ALL = SELECT + " ORDER BY name";
    private static final String BY_NAME = SELECT + " WHERE name = ?";
    private static final String BY_ISSUER = SELECT + " WHERE issuer = ? ORDER BY name";
    private static final String INSERT = "INSERT INTO issuers (issuer, jwks_uri, jwks, audience, max_age, single_use,"
            + " ca, name, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** What was fetched from elsewhere tells nothing any more. */
    private static final String UPDATE = "UPDATE issuers SET issuer = ?, jwks_uri = ?, jwks = ?, audience = ?,"
            + " max_age = ?, single_use = ?, ca = ?, fetched_at = NULL, fetched_keys = NULL, failed_at = NULL,"
            + " failure = NULL WHERE name = ?";

    private static final String DELETE = "DELETE FROM issuers WHERE name = ?";

    private static final String FETCH =
            "SELECT fetched_at, fetched_keys, failed_at, failure FROM issuers WHERE name = ?";
    private static final String RECORD_FETCH = "UPDATE issuers SET fetched_at = coalesce(?, fetched_at),"
            + " fetched_keys = coalesce(?, fetched_keys), failed_at = coalesce(?, failed_at),"
            + " failure = coalesce(?, failure) WHERE name = ?";

    private static final String TRUSTING =
            "SELECT key_id FROM federated_subjects WHERE issuer = ? AND subject = ? ORDER BY key_id LIMIT ?";
    private static final String USES = "SELECT issuer, subject, last_used_at, refused_at, refusal"
            + " FROM federated_subjects WHERE key_id = ? ORDER BY place";
    private static final String RECORD_USE = "UPDATE federated_subjects SET last_used_at = coalesce(?, last_used_at),"
            + " refused_at = coalesce(?, refused_at), refusal = coalesce(?, refusal)"
            + " WHERE key_id = ? AND issuer = ? AND subject = ?";

    /** Subjects that have no place any more when the new ones have theirs are gone. */
    private static final String UNPLACE = "UPDATE federated_subjects SET place = 0 WHERE key_id = ?";

    /** None where the issuer is not trusted. */
    private static final String PLACE = "INSERT INTO federated_subjects (key_id, issuer, subject, place)"
            + " SELECT ?, name, ?, ? FROM issuers WHERE name = ?"
            + " ON CONFLICT (key_id, issuer, subject) DO UPDATE SET place = excluded.place";

    private static final String DROP = "DELETE FROM federated_subjects WHERE key_id = ? AND place = 0";

    private final Database database;
    private final AuditLog auditLog;

    SqlIssuerStore(Database database, AuditLog auditLog) {
        this.database = database;
        this.auditLog = auditLog;
    }

    @Override
    public boolean useOnce(String keyId, String idHash, Instant expiresAt) {
        return database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(USE_ASSERTION)) {
                insert.setString(1, keyId);
                insert.setString(2, idHash);
                Column.set(insert, 3, expiresAt);
                return insert.executeUpdate() > 0;
            }
        });
    }

    @Override
    public void prune(Instant end) {
        database.change(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(PRUNE_ASSERTIONS)) {
                Column.set(delete, 1, end);
                delete.executeUpdate();
            }
        });
    }

    @Override
    public List<TrustedIssuer> all() {
        return database.read(SqlIssuerStore::all);
    }

    static List<TrustedIssuer> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL)) {
            return read(select);
        }
    }

    @Override
    public Optional<TrustedIssuer> find(String name) {
        return select(BY_NAME, name).stream().findFirst();
    }

    @Override
    public List<TrustedIssuer> issuing(String iss) {
        return select(BY_ISSUER, iss);
    }

    private List<TrustedIssuer> select(String sql, String value) {
        return Column.canHold(value)
                ? database.query(sql, select -> {
                    select.setString(1, value);
                    return read(select);
                })
                : List.of();
    }

    private static List<TrustedIssuer> read(PreparedStatement select) throws SQLException {
        List<TrustedIssuer> issuers = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                issuers.add(new TrustedIssuer(
                        Column.text(row, 1),
                        Column.text(row, 2),
                        Column.textOrNull(row, 3),
                        Column.textOrNull(row, 4),
                        Column.textOrNull(row, 5),
                        Duration.ofSeconds(row.getLong(6)),
                        Column.flag(row, 7),
                        Column.textOrNull(row, 8),
                        Column.time(row, 9),
                        Column.text(row, 10)));
            }
        }
        return List.copyOf(issuers);
    }

    @Override
    public List<String> trusting(String name, String subject, int most) {
        if (!Column.canHold(subject)) {
            return List.of();
        }
        return database.query(TRUSTING, select -> {
            select.setString(1, name);
            select.setString(2, subject);
            select.setLong(3, most);
            List<String> ids = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(Column.text(row, 1));
                }
            }
            return ids;
        });
    }

    @Override
    public void insert(TrustedIssuer issuer, AuditEvent event) {
        database.change(connection -> {
            try {
                insert(connection, issuer);
            } catch (SQLException e) {
                if (database.dialect().isDuplicate(e)) {
                    throw ServiceException.of(
                            ErrorKind.CONFLICT, "An issuer named \"" + issuer.name() + "\" is trusted already.", e);
                }
                throw e;
            }
            auditLog.append(connection, List.of(event));
        });
    }

    private static void insert(Connection connection, TrustedIssuer issuer) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            setFields(insert, issuer);
            Column.set(insert, 9, issuer.createdAt());
            insert.setString(10, issuer.createdBy());
            insert.executeUpdate();
        }
    }

    /** Adds an issuer, or puts it in the place of the one of its name. */
    static void put(Connection connection, TrustedIssuer issuer) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            setFields(update, issuer);
            if (update.executeUpdate() == 0) {
                insert(connection, issuer);
            }
        }
    }

    private static void setFields(PreparedStatement statement, TrustedIssuer issuer) throws SQLException {
        statement.setString(1, issuer.issuer());
        statement.setString(2, issuer.jwksUri());
        statement.setString(3, issuer.jwks());
        statement.setString(4, issuer.audience());
        Column.set(statement, 5, issuer.maxAge());
        Column.set(statement, 6, issuer.singleUse());
        statement.setString(7, issuer.ca());
        statement.setString(8, issuer.name());
    }

    @Override
    public void delete(String name, AuditEvent event) {
        database.change(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, name);
                if (delete.executeUpdate() == 0) {
                    throw ServiceException.of(
                            ErrorKind.NOT_FOUND, "No issuer named \"" + FieldError.cut(name) + "\" is trusted.");
                }
            } catch (SQLException e) {
                if (database.dialect().isReference(e)) {
                    throw ServiceException.of(
                            ErrorKind.CONFLICT,
                            "Access keys still trust subjects of " + name + "; take it from them or delete them first.",
                            e);
                }
                throw e;
            }
            auditLog.append(connection, List.of(event));
        });
    }

    @Override
    public JwksFetch fetch(String name) {
        return database.query(FETCH, select -> {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return JwksFetch.NONE;
                }
                String keys = Column.textOrNull(row, 2);
                return new JwksFetch(
                        Column.timeOrNull(row, 1),
                        keys == null || keys.isEmpty() ? List.of() : List.of(keys.split("\n", -1)),
                        Column.timeOrNull(row, 3),
                        Column.textOrNull(row, 4));
            }
        });
    }

    @Override
    public void recordFetch(String name, JwksFetch fetch) {
        database.change(connection -> {
            try (PreparedStatement update = connection.prepareStatement(RECORD_FETCH)) {
                Column.set(update, 1, fetch.fetchedAt());
                update.setString(2, fetch.fetchedAt() == null ? null : String.join("\n", fetch.keys()));
                Column.set(update, 3, fetch.failedAt());
                update.setString(4, fetch.failure());
                update.setString(5, name);
                update.executeUpdate();
            }
        });
    }

    @Override
    public List<FederatedUse> uses(String keyId) {
        return database.query(USES, select -> {
            select.setString(1, keyId);
            List<FederatedUse> uses = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    uses.add(new FederatedUse(
                            Column.text(row, 1),
                            Column.text(row, 2),
                            Column.timeOrNull(row, 3),
                            Column.timeOrNull(row, 4),
                            Column.textOrNull(row, 5)));
                }
            }
            return List.copyOf(uses);
        });
    }

    @Override
    public void recordUses(Map<String, Collection<FederatedUse>> uses) {
        database.change(connection -> {
            try (PreparedStatement update = connection.prepareStatement(RECORD_USE)) {
                // By id everywhere: two processes that write at once must not wait for each other in a circle.
                for (Map.Entry<String, Collection<FederatedUse>> ofKey : new TreeMap<>(uses).entrySet()) {
                    for (FederatedUse use : ofKey.getValue()) {
                        Column.set(update, 1, use.lastUsedAt());
                        Column.set(update, 2, use.lastRefusedAt());
                        update.setString(3, use.lastRefusal());
                        update.setString(4, ofKey.getKey());
                        update.setString(5, use.issuer());
                        update.setString(6, use.subject());
                        update.addBatch();
                    }
                }
                update.executeBatch();
            }
        });
    }

    /** Writes whose tokens keys trust, in the place of what there was. */
    static void placeSubjects(Connection connection, List<AccessKey> keys) throws SQLException {
        AccessKeyWriter.forEach(connection, UNPLACE, keys);
        try (PreparedStatement place = connection.prepareStatement(PLACE)) {
            for (AccessKey key : keys) {
                int number = 1;
                for (FederatedSubject subject : key.settings().federated().subjects()) {
                    place.setString(1, key.id());
                    place.setString(2, subject.subject());
                    place.setLong(3, number++);
                    place.setString(4, subject.issuer());
                    if (place.executeUpdate() == 0) {
                        throw ServiceException.invalid(
                                "federated",
                                "names \"" + FieldError.cut(subject.issuer())
                                        + "\", which is not a trusted issuer; add it there first");
                    }
                }
            }
        }
        AccessKeyWriter.forEach(connection, DROP, keys);
    }
}
