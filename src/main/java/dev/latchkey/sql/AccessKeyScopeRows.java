package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.ServiceException;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.sql.database.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The scopes of access keys, a row each, which refer to the catalogue. Thread-safe. */
final class AccessKeyScopeRows {
    /** Both databases have replace(); it leaves a text that does not hold the scope as it is. */
    private static final String DROP =
            "DELETE FROM access_key_scopes WHERE key_id = ? AND replace(?, ' ' || scope || ' ', '') = ?";

    /** Changes one row, also where it is there already; none where the catalogue does not have the scope. */
    private static final String PLACE = "INSERT INTO access_key_scopes (key_id, scope)"
            + " SELECT ?, name FROM scopes WHERE name = ?"
            + " ON CONFLICT (key_id, scope) DO UPDATE SET scope = excluded.scope";

    private final Dialect dialect;

    AccessKeyScopeRows(Dialect dialect) {
        this.dialect = dialect;
    }

    static void drop(Connection connection, List<AccessKey> keys) throws SQLException {
        try (PreparedStatement drop = connection.prepareStatement(DROP)) {
            for (AccessKey key : keys) {
                String scopes = " " + String.join("  ", key.settings().scopes().tokens()) + " ";
                drop.setString(1, key.id());
                drop.setString(2, scopes);
                drop.setString(3, scopes);
                drop.addBatch();
            }
            drop.executeBatch();
        }
    }

    void place(Connection connection, List<AccessKey> keys) throws SQLException {
        List<String> placed = new ArrayList<>();
        try (PreparedStatement place = connection.prepareStatement(PLACE)) {
            for (AccessKey key : keys) {
                for (String scope : key.settings().scopes().tokens()) {
                    if (!ScopeSet.isReserved(scope)) {
                        place.setString(1, key.id());
                        place.setString(2, scope);
                        place.addBatch();
                        placed.add(scope);
                    }
                }
            }
            int[] counts = place.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    throw notListed("\"" + placed.get(i) + "\", which");
                }
            }
        } catch (SQLException e) {
            // Between the look at the catalogue and the row that refers to it.
            if (dialect.isReference(e)) {
                throw notListed("a scope that");
            }
            throw e;
        }
    }

    private static ServiceException notListed(String which) {
        return ServiceException.invalid("scopes", "holds " + which + " is not in the catalogue; add it there first");
    }
}
