package dev.latchkey.sql;

import static dev.latchkey.sql.row.Statements.bound;
import static dev.latchkey.sql.row.Statements.orNull;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.FederatedUse;
import dev.latchkey.issuer.JwksFetch;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerStore;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.Dialect.Violation;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.sql.row.Statements.Repeated;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trusted issuers in one table, and in another what became of the tokens of the subjects that keys trust. */
final class SqlIssuerStore implements TrustedIssuerStore {
    private static final String SELECT = "SELECT name, issuer, jwks_uri, jwks, audience, max_age, single_use, ca,"
            + " created_at, created_by FROM issuers";
    private static final String DELETE = "DELETE FROM issuers WHERE name = ?";
    private static final String ALL = SELECT + " ORDER BY name";
    private static final String BY_NAME = SELECT + " WHERE name = ?";
    private static final String BY_ISSUER = SELECT + " WHERE issuer = ? ORDER BY name";
    private static final String INSERT = "INSERT INTO issuers (name, issuer, jwks_uri, jwks, audience, max_age,"
            + " single_use, ca, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    /** What was fetched from elsewhere tells nothing any more. */
    private static final String OR_REPLACE = " ON CONFLICT (name) DO UPDATE SET issuer = excluded.issuer,"
            + " jwks_uri = excluded.jwks_uri, jwks = excluded.jwks, audience = excluded.audience,"
            + " max_age = excluded.max_age, single_use = excluded.single_use, ca = excluded.ca, fetched_at = NULL,"
            + " fetched_keys = NULL, failed_at = NULL, failure = NULL";

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

    private final Database database;
    private final AuditLog auditLog;

    SqlIssuerStore(Database database, AuditLog auditLog) {
        this.database = database;
        this.auditLog = auditLog;
    }

    @Override
    public List<TrustedIssuer> all() {
        return database.read(SqlIssuerStore::all);
    }

    static List<TrustedIssuer> all(Connection connection) throws SQLException {
        return Statements.all(connection, ALL, SqlIssuerStore::issuer);
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
                    return Statements.all(select, SqlIssuerStore::issuer);
                })
                : List.of();
    }

    private static TrustedIssuer issuer(ResultSet row) throws SQLException {
        return new TrustedIssuer(
                Column.text(row, 1),
                Column.text(row, 2),
                Column.textOrNull(row, 3),
                Column.textOrNull(row, 4),
                Column.textOrNull(row, 5),
                Duration.ofSeconds(row.getLong(6)),
                Column.flag(row, 7),
                Column.textOrNull(row, 8),
                Column.time(row, 9),
                Column.text(row, 10));
    }

    @Override
    public void insert(TrustedIssuer issuer, AuditEvent event) {
        database.change(connection -> {
            try {
                Statements.update(connection, INSERT, values(issuer));
            } catch (SQLException e) {
                String message = "An issuer named \"" + issuer.name() + "\" is trusted already.";
                throw database.dialect().conflict(e, Violation.DUPLICATE, message);
            }
            auditLog.append(connection, List.of(event));
        });
    }

    /** Adds an issuer, or puts it in the place of the one of its name. */
    static void put(Connection connection, TrustedIssuer issuer) throws SQLException {
        Statements.update(connection, INSERT + OR_REPLACE, values(issuer));
    }

    private static @Nullable Object[] values(TrustedIssuer issuer) {
        return new @Nullable Object[] {
            issuer.name(), issuer.issuer(), issuer.jwksUri(), issuer.jwks(), issuer.audience(),
            issuer.maxAge(), issuer.singleUse(), issuer.ca(), issuer.createdAt(), issuer.createdBy()
        };
    }

    @Override
    public void delete(String name, AuditEvent event) {
        database.change(connection -> {
            try {
                if (Statements.update(connection, DELETE, name) == 0) {
                    throw ServiceException.notFound("No issuer named \"" + FieldError.cut(name) + "\" is trusted.");
                }
            } catch (SQLException e) {
                String message =
                        "Access keys still trust subjects of " + name + "; take it from them or delete them first.";
                throw database.dialect().conflict(e, Violation.REFERENCE, message);
            }
            auditLog.append(connection, List.of(event));
        });
    }

    @Override
    public JwksFetch fetch(String name) {
        return database.query(FETCH, select -> Statements.first(bound(select, name), SqlIssuerStore::fetch))
                .orElse(JwksFetch.NONE);
    }

    private static JwksFetch fetch(ResultSet row) throws SQLException {
        String keys = Column.textOrNull(row, 2);
        return new JwksFetch(
                Column.timeOrNull(row, 1),
                keys == null || keys.isEmpty() ? List.of() : List.of(keys.split("\n", -1)),
                Column.timeOrNull(row, 3),
                Column.textOrNull(row, 4));
    }

    @Override
    public void recordFetch(String name, JwksFetch fetch) {
        Object fetchedAt = orNull(fetch.fetchedAt());
        Object failedAt = orNull(fetch.failedAt());
        String keys = fetch.fetchedAt() == null ? null : String.join("\n", fetch.keys());
        database.change(connection ->
                Statements.update(connection, RECORD_FETCH, fetchedAt, keys, failedAt, fetch.failure(), name));
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
            return Statements.all(select, row -> Column.text(row, 1));
        });
    }

    @Override
    public List<FederatedUse> uses(String keyId) {
        return database.query(USES, select -> Statements.all(bound(select, keyId), SqlIssuerStore::use));
    }

    private static FederatedUse use(ResultSet row) throws SQLException {
        return new FederatedUse(
                Column.text(row, 1),
                Column.text(row, 2),
                Column.timeOrNull(row, 3),
                Column.timeOrNull(row, 4),
                Column.textOrNull(row, 5));
    }

    @Override
    public void recordUses(Map<String, Collection<FederatedUse>> uses) {
        database.change(connection -> {
            try (Repeated update = new Repeated(connection, RECORD_USE)) {
                // By id everywhere: two processes that write at once must not wait for each other in a circle.
                for (Map.Entry<String, Collection<FederatedUse>> ofKey : new TreeMap<>(uses).entrySet()) {
                    for (FederatedUse use : ofKey.getValue()) {
                        Object used = orNull(use.lastUsedAt());
                        Object refused = orNull(use.lastRefusedAt());
                        update.add(used, refused, use.lastRefusal(), ofKey.getKey(), use.issuer(), use.subject());
                    }
                }
                update.run();
            }
        });
    }
}
