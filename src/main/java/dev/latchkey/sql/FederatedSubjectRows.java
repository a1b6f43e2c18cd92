package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.FederatedSubject;
import dev.latchkey.issuer.FederatedUse;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The subjects of trusted issuers that keys trust, with what became of their tokens, a row each. Thread-safe. */
final class FederatedSubjectRows {
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

    FederatedSubjectRows(Database database) {
        this.database = database;
    }

    List<String> trusting(String name, String subject, int most) {
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

    List<FederatedUse> uses(String keyId) {
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

    void recordUses(Map<String, Collection<FederatedUse>> uses) {
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
