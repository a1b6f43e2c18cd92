package dev.latchkey.sql;

import dev.latchkey.sql.database.SqliteFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The databases that every promise of a store is kept on. */
enum TestDatabase {
    SQLITE {
        @Override
        Place create(Path folder) {
            Path file = folder.resolve("latchkey.db");
            return new Place(file.toString(), () -> SqliteFiles.connect(file), () -> {});
        }
    },
    POSTGRESQL {
        @Override
        Place create(Path folder) {
            String database = TestPostgres.createDatabase();
            return new Place(
                    TestPostgres.url(database),
                    () -> TestPostgres.connect(database),
                    () -> TestPostgres.giveBack(database));
        }
    };

    /** Where a store is to be made, a way to it past the adapter, and what makes room when its test is over. */
    record Place(String db, Connecting connecting, Ending ending) {}

    /** Opens a connection. */
    @FunctionalInterface
    interface Connecting {
        Connection connect() throws SQLException;
    }

    /** Leaves the place as it was found. */
    @FunctionalInterface
    interface Ending {
        void end() throws SQLException;
    }

    /** Those whose tag a run does not leave out. */
    static Stream<TestDatabase> tested() {
        List<String> without = List.of(System.getProperty("tests.without", "").split(",", -1));
        return Arrays.stream(values())
                .filter(each -> !without.contains(each.name().toLowerCase(Locale.ROOT)));
    }

    /** A place of its own for one test. */
    abstract Place create(Path folder);
}
