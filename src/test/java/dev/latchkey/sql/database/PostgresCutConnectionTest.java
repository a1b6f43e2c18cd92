package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.TestPostgres;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgresql")
class PostgresCutConnectionTest {
    /** Were the database taken for away, the first reader would be the one who tries, and the second be refused meanwhile. */
    @Test
    void aConnectionThatIsCutWhileItWrites_failsNoReader() {
        try (Database database = DatabaseOpener.open(TestPostgres.newDatabaseUrl(), true, null)) {
            assertThatThrownBy(() -> database.change(
                            connection -> Dialect.execute(connection, "SELECT pg_terminate_backend(pg_backend_pid())")))
                    .isInstanceOf(ServiceException.class)
                    .hasMessage("The store cannot be written now.");

            int found = database.query(
                    "SELECT 1", outer -> number(outer) + database.query("SELECT 2", PostgresCutConnectionTest::number));

            assertThat(found).isEqualTo(3);
        }
    }

    private static int number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }
}
