package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a SQLite store answers is what was committed last, whatever becomes of the files beside it. */
class SqliteFreshnessTest extends OneNumberTests {
    private static final int COMMITS = 3000;

    @Test
    void query_isNeverOlderThanACommitThatHasReturned_whateverTheWalGoesThrough() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        try (Database database = open();
                Connection writer = SqliteFiles.connect(file);
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            ExecutorService readers = Executors.newFixedThreadPool(2);
            try {
                Future<?> one = readers.submit(() -> readUntilTheLast(database, committed));
                Future<?> other = readers.submit(() -> readUntilTheLast(database, committed));
                for (int i = 1; i <= COMMITS; i++) {
                    statement.execute("UPDATE numbers SET number = " + i);
                    committed.set(i);
                    if (i % 100 == 0) {
                        statement.execute("PRAGMA wal_checkpoint(" + (i % 200 == 0 ? "RESTART" : "TRUNCATE") + ")");
                    }
                }
                one.get();
                other.get();
            } finally {
                // They end, too, where a commit failed.
                committed.set(COMMITS);
                readers.shutdownNow();
            }
        }
    }

    @Test
    void query_isFound_whereEveryConnectionWasLost_andTheFilesBesideTheStoreAreNewOnes() throws Exception {
        try (Database database = open()) {
            assertNumber(database, 0);

            assertThatThrownBy(() -> database.reading(connection -> {
                        throw new SQLException("as if the disk had failed");
                    }))
                    .isInstanceOf(SQLException.class);
            // The last connection to close takes the WAL and its index with it.
            run("UPDATE numbers SET number = 1");
            assertThat(Files.exists(shm())).isFalse();

            assertNumber(database, 1);
            run("UPDATE numbers SET number = 2");
            assertNumber(database, 2);
        }
    }

    @Test
    void query_isFound_whereTheStoreHasNoWal_andAfterItHasOne() throws SQLException {
        run("PRAGMA journal_mode = DELETE");
        try (Database database = open()) {
            assertNumber(database, 0);
            assertThat(Files.exists(shm())).isFalse();
            assertFollowedIntoWal(database);
        }
    }

    /** A restored backup has no WAL, and what lies beside it may be of the store that it took the place of. */
    @Test
    void query_isFound_whereTheStoreHasNoWal_besideTheIndexOfAnother() throws Exception {
        byte[] index;
        try (Connection connection = SqliteFiles.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE numbers SET number = 0");
            index = Files.readAllBytes(shm());
        }
        run("PRAGMA journal_mode = DELETE");
        Files.write(shm(), index);
        try (Database database = open()) {
            assertNumber(database, 0);
            assertFollowedIntoWal(database);
        }
    }

    @Test
    void query_isFound_throughALinkToTheFile() throws Exception {
        Path link = folder.resolve("link.db");
        Files.createSymbolicLink(link, file);
        try (Database database = SqliteDialect.INSTANCE.connect(Location.parse(link.toString()), null)) {
            assertNumber(database, 0);
            run("UPDATE numbers SET number = 1");
            assertNumber(database, 1);
        }
    }

    /** Two may have come by one path that leads elsewhere by now. */
    @Test
    void query_isFound_whereALinkThatAnotherCameByLeadsToAnotherStore() throws Exception {
        Path other = Files.copy(file, folder.resolve("other.db"));
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
        try (Database byLink = SqliteDialect.INSTANCE.connect(Location.parse(link.toString()), null);
                Database ofOther = SqliteDialect.INSTANCE.connect(Location.parse(other.toString()), null)) {
            assertNumber(ofOther, 0);
            Files.delete(link);
            Files.createSymbolicLink(link, other);
            assertThatThrownBy(() -> number(byLink)).isInstanceOf(ServiceException.class);

            try (Database direct = open()) {
                assertNumber(direct, 0);
                run("UPDATE numbers SET number = 1");
                assertNumber(direct, 1);
            }
        }
    }

    /** Each of the programs that write is the last to leave, and takes the index with it that it has made or found. */
    private void assertFollowedIntoWal(Database database) throws SQLException {
        run("UPDATE numbers SET number = 1");
        assertNumber(database, 1);
        run("PRAGMA journal_mode = WAL", "UPDATE numbers SET number = 2");
        assertNumber(database, 2);
        run("UPDATE numbers SET number = 3");
        assertNumber(database, 3);
    }

    private Void readUntilTheLast(Database database, AtomicInteger committed) {
        int number = 0;
        while (number < COMMITS) {
            int floor = committed.get();
            number = number(database);
            assertThat(number).isGreaterThanOrEqualTo(floor);
        }
        return null;
    }
}
