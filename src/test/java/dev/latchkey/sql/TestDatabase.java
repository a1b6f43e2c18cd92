package dev.latchkey.sql;

import dev.latchkey.sql.database.SqliteFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** The databases that every promise of a store is kept on. */
enum TestDatabase {
    SQLITE {
        @Override
        Place create(Path folder) {
            Path file = folder.resolve("latchkey.db");
            return new Place(file.toString(), () -> SqliteFiles.connect(file));
        }
    },
    POSTGRESQL {
        @Override
        Place create(Path folder) {
            String database = TestPostgres.createDatabase();
            return new Place(TestPostgres.url(database), () -> TestPostgres.connect(database));
        }
    };

    /** Where a store is to be made, and a way to it past the adapter. */
    record Place(String db, Connecting connecting) {}

    /** Opens a connection. */
    @FunctionalInterface
    interface Connecting {
        Connection connect() throws SQLException;
    }

    /** A place of its own for one test. */
    abstract Place create(Path folder);
}
