package dev.latchkey.sql;

import static dev.latchkey.sql.row.Statements.orNull;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.ExpiryTime;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.Dialect;
import dev.latchkey.sql.database.Dialect.Violation;
import dev.latchkey.sql.row.Statements.Repeated;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes access keys, any number of them with one batch for each statement. Thread-safe. */
final class AccessKeyWriter {
    /** The last parameter is the name that no other key may have; null = any key may have it. */
    private static final String INSERT = "INSERT INTO access_keys (name, description, scopes, enabled, token_lifetime,"
            + " audience, jwks, claims, updated_at, expires_at, revision, search, name_folded, old_secret_ends_at, federated,"
            + " id, created_at, created_by, last_used_at, scopes_since)"
            + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
            + " WHERE NOT EXISTS (SELECT 1 FROM access_keys WHERE name = ?)";

    private static final String UPDATE = "UPDATE access_keys SET name = ?, description = ?, scopes = ?, enabled = ?,"
            + " token_lifetime = ?, audience = ?, jwks = ?, claims = ?, updated_at = ?, expires_at = ?, revision = ?,"
            + " search = ?, name_folded = ?, old_secret_ends_at = ?, federated = ?,"
            + " scopes_since = CASE WHEN scopes = ? THEN scopes_since ELSE ? END WHERE id = ? AND revision = ?";

    /** Secrets that have no place any more when the new ones have theirs are gone. */
    private static final String UNPLACE_SECRETS = "UPDATE access_key_secrets SET place = 0 WHERE key_id = ?";

    private static final String PLACE_SECRET = "INSERT INTO access_key_secrets"
            + " (key_id, place, hash, hint, created_at, expires_at, last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (key_id, hash) DO UPDATE SET place = excluded.place, expires_at = excluded.expires_at";
    private static final String DROP_SECRETS = "DELETE FROM access_key_secrets WHERE key_id = ? AND place = 0";

    private final Dialect dialect;
    private final AccessKeyReferences references;

    AccessKeyWriter(Dialect dialect) {
        this.dialect = dialect;
        this.references = new AccessKeyReferences(dialect);
    }

    /**
     * Adds keys. Fails with CONFLICT when an id is taken, with INVALID when a scope is not in the catalogue.
     *
     * @param nameMustBeFree the ids of those whose name no other key may have; the store must be locked then
     */
    void insert(Connection connection, List<AccessKey> keys, Set<String> nameMustBeFree) throws SQLException {
        try (Repeated insert = new Repeated(connection, INSERT)) {
            for (AccessKey key : keys) {
                insert.add(values(
                        key,
                        key.id(),
                        key.createdAt(),
                        key.createdBy(),
                        orNull(key.lastUsedAt()),
                        key.createdAt(),
                        nameMustBeFree.contains(key.id()) ? key.settings().name() : null));
            }
            if (!allDone(insert.run())) {
                throw ServiceException.conflict("There is an access key with this name already.");
            }
        } catch (SQLException e) {
            throw dialect.conflict(e, Violation.DUPLICATE, "There is an access key with this id already.");
        }
        placeSecrets(connection, keys);
        references.placeScopes(connection, keys);
        List<AccessKey> federated = keys.stream()
                .filter(key -> !key.settings().federated().isEmpty())
                .toList();
        AccessKeyReferences.placeSubjects(connection, federated);
    }

    /**
     * Replaces settings and secrets; keeps what was there before of the rest.
     *
     * @param expectedRevisions one for each key
     * @return whether each key was at its revision; when false, the transaction must not be kept
     */
    boolean update(Connection connection, List<AccessKey> keys, List<Long> expectedRevisions) throws SQLException {
        try (Repeated update = new Repeated(connection, UPDATE)) {
            for (int i = 0; i < keys.size(); i++) {
                AccessKey key = keys.get(i);
                String scopes = key.settings().scopes().toString();
                update.add(values(key, scopes, key.updatedAt(), key.id(), expectedRevisions.get(i)));
            }
            if (!allDone(update.run())) {
                return false;
            }
        }
        forEach(connection, UNPLACE_SECRETS, keys);
        placeSecrets(connection, keys);
        forEach(connection, DROP_SECRETS, keys);
        AccessKeyReferences.dropScopes(connection, keys);
        references.placeScopes(connection, keys);
        AccessKeyReferences.placeSubjects(connection, keys);
        return true;
    }

    /** Whether each statement of a batch changed a row. */
    static boolean allDone(int[] changedRows) {
        return Arrays.stream(changedRows).allMatch(rows -> rows != 0);
    }

    /** The values that an insert and an update begin with, and those that follow. */
    private static @Nullable Object[] values(AccessKey key, @Nullable Object... others) {
        AccessKeySettings settings = key.settings();
        Instant oldSecretEnds = key.oldSecret()
                .map(old -> Objects.requireNonNullElse(old.expiresAt(), ExpiryTime.LATEST))
                .orElse(null);
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                settings.name(),
                settings.description(),
                settings.scopes().toString(),
                settings.enabled(),
                orNull(settings.tokenLifetime()),
                String.join(" ", settings.audience()),
                settings.jwks(),
                settings.claims().json(),
                key.updatedAt(),
                orNull(settings.expiresAt()),
                key.revision(),
                AccessKeySearch.textOf(key),
                AccessKeyQuery.folded(settings.name()),
                orNull(oldSecretEnds),
                settings.federated().isEmpty() ? null : settings.federated().json()));
        values.addAll(Arrays.asList(others));
        return values.toArray();
    }

    private static void placeSecrets(Connection connection, List<AccessKey> keys) throws SQLException {
        try (Repeated place = new Repeated(connection, PLACE_SECRET)) {
            for (AccessKey key : keys) {
                int number = 1;
                for (StoredSecret secret : key.secrets()) {
                    place.add(
                            key.id(),
                            number++,
                            secret.hash().encoded(),
                            Objects.requireNonNullElse(secret.hint(), ""),
                            secret.createdAt(),
                            orNull(secret.expiresAt()),
                            orNull(secret.lastUsedAt()));
                }
            }
            place.run();
        }
    }

    static void forEach(Connection connection, String sql, List<AccessKey> keys) throws SQLException {
        try (Repeated statement = new Repeated(connection, sql)) {
            for (AccessKey key : keys) {
                statement.add(key.id());
            }
            statement.run();
        }
    }
}
