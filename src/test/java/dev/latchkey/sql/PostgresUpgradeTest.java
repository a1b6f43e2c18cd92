package dev.latchkey.sql;

import java.sql.Connection;
import java.sql.SQLException;

class PostgresUpgradeTest extends UpgradeContract {
    private final String database = TestPostgres.createDatabase();

    @Override
    String db() {
        return TestPostgres.url(database);
    }

    @Override
    Connection connect() throws SQLException {
        return TestPostgres.connect(database);
    }
}
