package dev.latchkey.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpgradeTest extends UpgradeContract {
    @TempDir
    Path folder;

    @Override
    String db() {
        return folder.resolve("latchkey.db").toString();
    }

    @Override
    Connection connect() throws SQLException {
        return SqliteFiles.connect(folder.resolve("latchkey.db"));
    }
}
