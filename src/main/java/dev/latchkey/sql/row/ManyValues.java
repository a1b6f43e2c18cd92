package dev.latchkey.sql.row;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Selects by any number of values. */
public final class ManyValues {
    /** So many values in one statement, which is fewer than either database permits. */
    private static final int VALUES_AT_ONCE = 500;

    private ManyValues() {}

    /** A statement that finds something. */
    public interface Reading {
        void read(PreparedStatement select) throws SQLException;
    }

    /** Selects with the values in as many statements as they need. */
    public static void select(
            Connection connection, String beginning, Collection<String> values, String end, Reading reading)
            throws SQLException {
        List<String> all = values.stream().filter(Column::canHold).toList();
        for (int i = 0; i < all.size(); i += VALUES_AT_ONCE) {
            List<String> some = all.subList(i, Math.min(all.size(), i + VALUES_AT_ONCE));
            String places = "(" + String.join(", ", Collections.nCopies(some.size(), "?")) + ")";
            try (PreparedStatement select = connection.prepareStatement(beginning + places + end)) {
                for (int j = 0; j < some.size(); j++) {
                    select.setString(j + 1, some.get(j));
                }
                reading.read(select);
            }
        }
    }
}
