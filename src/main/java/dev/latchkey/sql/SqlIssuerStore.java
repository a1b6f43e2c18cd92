package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.FederatedUse;
import dev.latchkey.issuer.JwksFetch;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerStore;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trusted issuers in one table, and by {@link FederatedSubjectRows} the subjects of theirs that keys trust. */
final class SqlIssuerStore implements TrustedIssuerStore {
    private static final String SELECT = "SELECT name, issuer, jwks_uri, jwks, audience, max_age, single_use, ca,"
            + " created_at, created_by FROM issuers";
    private static final String DELETE = "DELETE FROM issuers WHERE name = ?";
    private static final String ALL = SELECT + " ORDER BY name";
    private static final String BY_NAME = SELECT + " WHERE name = ?";
    private static final String BY_ISSUER = SELECT + " WHERE issuer = ? ORDER BY name";
    private static final String INSERT = "INSERT INTO issuers (issuer, jwks_uri, jwks, audience, max_age, single_use,"
            + " ca, name, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    /** What was fetched from elsewhere tells nothing any more. */
    private static final String UPDATE = "UPDATE issuers SET issuer = ?, jwks_uri = ?, jwks = ?, audience = ?,"
            + " max_age = ?, single_use = ?, ca = ?, fetched_at = NULL, fetched_keys = NULL, failed_at = NULL,"
            + " failure = NULL WHERE name = ?";

    private static final String FETCH =
            "SELECT fetched_at, fetched_keys, failed_at, failure FROM issuers WHERE name = ?";
    private static final String RECORD_FETCH = "UPDATE issuers SET fetched_at = coalesce(?, fetched_at),"
            + " fetched_keys = coalesce(?, fetched_keys), failed_at = coalesce(?, failed_at),"
            + " failure = coalesce(?, failure) WHERE name = ?";

    private final Database database;
    private final AuditLog auditLog;
    private final FederatedSubjectRows subjects;

    SqlIssuerStore(Database database, AuditLog auditLog) {
        this.database = database;
        this.auditLog = auditLog;
        this.subjects = new FederatedSubjectRows(database);
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
    public List<String> trusting(String name, String subject, int most) {
        return subjects.trusting(name, subject, most);
    }

    @Override
    public List<FederatedUse> uses(String keyId) {
        return subjects.uses(keyId);
    }

    @Override
    public void recordUses(Map<String, Collection<FederatedUse>> uses) {
        subjects.recordUses(uses);
    }
}
