package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.issuer.FederatedSubjects;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.sql.row.Column;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads access keys from the rows of {@link #selectFrom}: one row for each secret of a key, one for a key that has none; the
 * rows of a key stand together, in any order.
 */
final class AccessKeyRows {
    private static final String COLUMNS = "SELECT k.id, k.name, k.description, k.scopes, k.enabled, k.token_lifetime,"
            + " k.audience, k.jwks, k.claims, k.created_at, k.created_by, k.updated_at, k.expires_at, k.last_used_at,"
            + " k.revision, s.hash, s.hint, s.created_at, s.expires_at, s.last_used_at, s.place,"
            + " k.federated"
            + " FROM ";
    private static final String SECRETS = " k LEFT JOIN access_key_secrets s ON s.key_id = k.id";

    /** One row of constants with the id and the secret of no key, and texts as long as those of most keys. */
    static final String SELECT_DUMMY = "SELECT '-', 'orders service', '', 'orders:read orders:write fx', 1, NULL,"
            + " 'https://api.example.com', NULL, '{}', 1700000000, 'operator root', 1700000000, NULL, 1700000000, 1,"
            + " '" + "A".repeat(43) + "', 'AAAA', 1700000000, NULL, 1700000000, 0, NULL";

    private static final String DUMMY_ID = "-";
    private static final int ID = 1;
    private static final int HASH = 16;

    private final ResultSet row;
    private boolean atRow;

    private AccessKeyRows(ResultSet row) throws SQLException {
        this.row = row;
        this.atRow = row.next();
    }

    /** A select from the table of keys, or from a subselect in parentheses that has all of its columns; k names it. */
    static String selectFrom(String keys) {
        return COLUMNS + keys + SECRETS;
    }

    /** All of them, in the order of the rows. */
    static List<AccessKey> readAll(PreparedStatement select) throws SQLException {
        try (ResultSet result = select.executeQuery()) {
            List<AccessKey> keys = new ArrayList<>();
            AccessKeyRows rows = new AccessKeyRows(result);
            while (rows.hasNext()) {
                keys.add(rows.next());
            }
            return List.copyOf(keys);
        }
    }

    /**
     * The key with this id, of a select that has the dummy's row beside its rows. Where there is no such key, the dummy is
     * read in its place: by the time that it takes no client can tell which ids are keys.
     */
    static Optional<AccessKey> readOrDummy(PreparedStatement select, String id) throws SQLException {
        try (ResultSet result = select.executeQuery()) {
            AccessKeyRows rows = new AccessKeyRows(result);
            AccessKey key = rows.next();
            // Databases answer the parts of a union in their order; none promises to.
            if (!key.id().equals(id) && rows.hasNext()) {
                key = rows.next();
            }
            return key.id().equals(id) ? Optional.of(key) : Optional.empty();
        }
    }

    /**
     * The keys of a select that has the dummy's row after theirs, by their ids. For each of {@code asked} that is not there
     * the dummy's row is read, for the reason above.
     */
    static Map<String, AccessKey> readOrDummies(PreparedStatement select, int asked) throws SQLException {
        try (ResultSet result = select.executeQuery()) {
            Map<String, AccessKey> keys = new HashMap<>();
            AccessKeyRows rows = new AccessKeyRows(result);
            while (rows.hasNext()) {
                for (int left = asked - keys.size(); left > 0 && rows.atDummy(); left--) {
                    AccessKey unused = rows.read(DUMMY_ID, List.of(rows.secret(Column.text(result, HASH))));
                }
                AccessKey key = rows.next();
                keys.put(key.id(), key);
            }
            keys.remove(DUMMY_ID);
            return keys;
        }
    }

    private boolean atDummy() throws SQLException {
        return Column.text(row, ID).equals(DUMMY_ID);
    }

    private boolean hasNext() {
        return atRow;
    }

    private AccessKey next() throws SQLException {
        String id = Column.text(row, ID);
        return read(id, null);
    }

    /** @param known its secrets; null = they are read last: that moves on to the next key's row */
    private AccessKey read(String id, @Nullable List<StoredSecret> known) throws SQLException {
        AccessKeySettings settings = settings();
        Instant createdAt = Column.time(row, 10);
        String createdBy = Column.text(row, 11);
        Instant updatedAt = Column.time(row, 12);
        Instant lastUsedAt = Column.timeOrNull(row, 14);
        long revision = row.getLong(15);
        List<StoredSecret> secrets = known == null ? secrets(id) : known;
        return new AccessKey(id, settings, secrets, createdAt, createdBy, updatedAt, lastUsedAt, revision);
    }

    private AccessKeySettings settings() throws SQLException {
        String federated = Column.textOrNull(row, 22);
        String audience = Column.text(row, 7);
        return new AccessKeySettings(
                Column.text(row, 2),
                Column.text(row, 3),
                ScopeSet.ofStored(Column.text(row, 4)),
                Column.flag(row, 5),
                Column.durationOrNull(row, 6),
                audience.isEmpty() ? List.of() : List.of(audience.split(" ", -1)),
                Column.textOrNull(row, 8),
                new CustomClaims(Column.text(row, 9)),
                federated == null ? FederatedSubjects.NONE : new FederatedSubjects(federated),
                Column.timeOrNull(row, 13));
    }

    /** The secrets in this row and those that follow for the same key, the oldest first; leaves off at the next key. */
    private List<StoredSecret> secrets(String id) throws SQLException {
        List<StoredSecret> secrets = new ArrayList<>(2);
        List<Long> places = new ArrayList<>(2);
        do {
            String hash = Column.textOrNull(row, HASH);
            if (hash != null) {
                long place = row.getLong(21);
                int at = places.size();
                while (at > 0 && places.get(at - 1) > place) {
                    at--;
                }
                places.add(at, place);
                secrets.add(at, secret(hash));
            }
            atRow = row.next();
        } while (atRow && Column.text(row, ID).equals(id));
        return secrets;
    }

    private StoredSecret secret(String hash) throws SQLException {
        String hint = Column.text(row, 17);
        return new StoredSecret(
                SecretHash.decode(hash),
                hint.isEmpty() ? null : hint,
                Column.time(row, 18),
                Column.timeOrNull(row, 19),
                Column.timeOrNull(row, 20));
    }
}
