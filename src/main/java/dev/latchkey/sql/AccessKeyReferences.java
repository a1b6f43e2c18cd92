package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.FederatedSubject;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.sql.database.Dialect;
import dev.latchkey.sql.database.Dialect.Violation;
import dev.latchkey.sql.row.Statements.Repeated;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What keys refer to, a row each: scopes of the catalogue, and subjects of trusted issuers. Thread-safe. */
final class AccessKeyReferences {
    /** Both databases have replace(); it leaves a text that does not hold the scope as it is. */
    private static final String DROP_SCOPES =
            "DELETE FROM access_key_scopes WHERE key_id = ? AND replace(?, ' ' || scope || ' ', '') = ?";

    /** Changes one row, also where it is there already; none where the catalogue does not have the scope. */
    private static final String PLACE_SCOPE = "INSERT INTO access_key_scopes (key_id, scope)"
            + " SELECT ?, name FROM scopes WHERE name = ?"
            + " ON CONFLICT (key_id, scope) DO UPDATE SET scope = excluded.scope";

    /** Subjects that have no place any more when the new ones have theirs are gone. */
    private static final String UNPLACE_SUBJECTS = "UPDATE federated_subjects SET place = 0 WHERE key_id = ?";

    /** None where the issuer is not trusted. */
    private static final String PLACE_SUBJECT = "INSERT INTO federated_subjects (key_id, issuer, subject, place)"
            + " SELECT ?, name, ?, ? FROM issuers WHERE name = ?"
            + " ON CONFLICT (key_id, issuer, subject) DO UPDATE SET place = excluded.place";

    private static final String DROP_SUBJECTS = "DELETE FROM federated_subjects WHERE key_id = ? AND place = 0";

    private final Dialect dialect;

    AccessKeyReferences(Dialect dialect) {
        this.dialect = dialect;
    }

    void placeScopes(Connection connection, List<AccessKey> keys) throws SQLException {
        List<String> placed = new ArrayList<>();
        try (Repeated place = new Repeated(connection, PLACE_SCOPE)) {
            for (AccessKey key : keys) {
                for (String scope : key.settings().scopes().tokens()) {
                    if (!ScopeSet.isReserved(scope)) {
                        place.add(key.id(), scope);
                        placed.add(scope);
                    }
                }
            }
            int[] counts = place.run();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    throw notListed("\"" + placed.get(i) + "\", which");
                }
            }
        } catch (SQLException e) {
            // Between the look at the catalogue and the row that refers to it.
            if (dialect.violation(e) == Violation.REFERENCE) {
                throw notListed("a scope that");
            }
            throw e;
        }
    }

    private static ServiceException notListed(String which) {
        return ServiceException.invalid("scopes", "holds " + which + " is not in the catalogue; add it there first");
    }

    static void dropScopes(Connection connection, List<AccessKey> keys) throws SQLException {
        try (Repeated drop = new Repeated(connection, DROP_SCOPES)) {
            for (AccessKey key : keys) {
                String scopes = " " + String.join("  ", key.settings().scopes().tokens()) + " ";
                drop.add(key.id(), scopes, scopes);
            }
            drop.run();
        }
    }

    /** Writes whose tokens keys trust, in the place of what there was. */
    static void placeSubjects(Connection connection, List<AccessKey> keys) throws SQLException {
        AccessKeyWriter.forEach(connection, UNPLACE_SUBJECTS, keys);
        try (Repeated place = new Repeated(connection, PLACE_SUBJECT)) {
            for (AccessKey key : keys) {
                int number = 1;
                for (FederatedSubject subject : key.settings().federated().subjects()) {
                    if (place.update(key.id(), subject.subject(), number++, subject.issuer()) == 0) {
                        throw ServiceException.invalid(
                                "federated",
                                "names \"" + FieldError.cut(subject.issuer())
                                        + "\", which is not a trusted issuer; add it there first");
                    }
                }
            }
        }
        AccessKeyWriter.forEach(connection, DROP_SUBJECTS, keys);
    }
}
