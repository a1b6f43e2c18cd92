package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a SQLite store answers is what was committed last, whatever becomes of the files beside it. */
class SqliteFreshnessTest {
    private static final int COMMITS = 3000;

    /** Where the system tells them, which Linux does. */
    private static final Path LOCKS = Path.of("/proc/locks");

    private static final String WRITE = " WRITE ";

    @TempDir
    Path folder;

    private Path file;
    private int asked;

    /** The one row of the file. */
    private record NumberOfRow() implements Reader.Question<Integer> {
        @Override
        public String sql() {
            return "SELECT number FROM numbers";
        }

        @Override
        public Optional<Integer> ask(PreparedStatement statement) throws SQLException {
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
            }
        }
    }

    @BeforeEach
    void makeFile() throws SQLException {
        file = folder.resolve("latchkey.db");
        run("PRAGMA journal_mode = WAL", "CREATE TABLE numbers (number INTEGER)", "INSERT INTO numbers VALUES (0)");
    }

    @Test
    void answer_isNeverOlderThanACommitThatHasReturned_whateverTheWalGoesThrough() throws Exception {
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
                committed.set(COMMITS);
                readers.shutdownNow();
            }
        }
    }

    @Test
    void answer_isFound_whereEveryConnectionWasLost_andTheFilesBesideTheStoreAreNewOnes() throws Exception {
        try (Database database = open()) {
            assertNumber(database, 0);
            Object before = shmIdentity();

            assertThatThrownBy(() -> database.reading(connection -> {
                        throw new SQLException("as if the disk had failed");
                    }))
                    .isInstanceOf(SQLException.class);
            // The last connection to close takes the WAL and its index with it.
            run("UPDATE numbers SET number = 1");
            assertThat(Files.exists(shm())).isFalse();

            assertNumber(database, 1);
            assertThat(shmIdentity()).isNotEqualTo(before);
            run("UPDATE numbers SET number = 2");
            assertNumber(database, 2);
        }
    }

    @Test
    void answer_isFound_whereTheStoreHasNoWal_andAfterItHasOne() throws SQLException {
        run("PRAGMA journal_mode = DELETE");
        try (Database database = open()) {
            assertNumber(database, 0);
            assertThat(Files.exists(shm())).isFalse();
            run("UPDATE numbers SET number = 1");
            assertNumber(database, 1);

            run("PRAGMA journal_mode = WAL", "UPDATE numbers SET number = 2");
            assertNumber(database, 2);
            run("UPDATE numbers SET number = 3");
            assertNumber(database, 3);
        }
    }

    /** A restored backup has no WAL, and what lies beside it may be of the store that it took the place of. */
    @Test
    void answer_isFound_whereTheStoreHasNoWal_besideTheIndexOfAnother() throws Exception {
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
            run("UPDATE numbers SET number = 1");
            assertNumber(database, 1);
            // The last to leave takes the index with it.
            run("PRAGMA journal_mode = WAL", "UPDATE numbers SET number = 2");
            assertNumber(database, 2);
            run("UPDATE numbers SET number = 3");
            assertNumber(database, 3);
        }
    }

    @Test
    void answer_isFound_whereACommitCameJustBeforeTheIndexWasLookedAt() throws Exception {
        WalIndexes indexes = WalIndexes.enter(identity(file), file);
        try (Connection connection = SqliteFiles.connect(file)) {
            Reader reader = new Reader(connection, () -> {
                uncheckedRun("UPDATE numbers SET number = number + 1");
                return indexes.current();
            });
            assertThat(reader.answer(new NumberOfRow())).contains(0);
            assertThat(reader.answer(new NumberOfRow())).contains(1);
            assertThat(reader.answer(new NumberOfRow())).contains(1);
        }
        indexes.leave();
    }

    @Test
    void answer_asksSqliteNoMore_whereNothingWasCommitted() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
        WalIndexes indexes = WalIndexes.enter(identity(file), link);
        Connection connection = SqliteFiles.connect(file);
        Reader reader = new Reader(connection, indexes);
        for (int i = 0; i < 3; i++) {
            assertThat(reader.answer(new NumberOfRow())).contains(0);
        }

        connection.close();

        assertThat(reader.answer(new NumberOfRow())).contains(0);
        indexes.leave();
    }

    /** An interrupt closes the file that a thread works on, and with it goes every lock of the process. */
    @Test
    void answer_keepsTheLocks_whereItsThreadIsInterrupted() throws Exception {
        assumeTrue(Files.exists(LOCKS));
        try (Database database = open()) {
            assertThat(database.answer(new NumberOfRow())).contains(0);
            long locks = locksOnShm();
            assertThat(locks).isPositive();

            Thread.currentThread().interrupt();
            assertNumber(database, 0);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(locksOnShm()).isEqualTo(locks);
            run("UPDATE numbers SET number = 1");
            assertNumber(database, 1);
        }
    }

    @Test
    void closing_whileSomebodyWrites_takesNoLockAway() throws Exception {
        assumeTrue(Files.exists(LOCKS));
        Database database = open();
        assertNumber(database, 0);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> written = writer.submit(() -> database.write(connection -> {
                connection.createStatement().execute("UPDATE numbers SET number = 1");
                begun.countDown();
                return awaited(closed);
            }));
            assertThat(awaited(begun)).isTrue();
            assertThat(locksOnShm(WRITE)).isEqualTo(1);

            database.close();

            assertThat(locksOnShm(WRITE)).isEqualTo(1);
            closed.countDown();
            assertThat(written.get()).isTrue();
        } finally {
            closed.countDown();
            writer.shutdown();
        }
        try (Database again = open()) {
            assertNumber(again, 1);
        }
    }

    @Test
    void answer_isFound_throughALinkToTheFile() throws Exception {
        Path link = folder.resolve("link.db");
        Files.createSymbolicLink(link, file);
        try (Database database = Database.connect(Location.parse(link.toString()), null)) {
            assertNumber(database, 0);
            run("UPDATE numbers SET number = 1");
            assertNumber(database, 1);
        }
    }

    /** A process that closes a file loses every lock that it has on it, and SQLite relies on its locks. */
    @Test
    void closing_takesNoLockAway_fromAnotherThatHasTheStoreOpen() throws Exception {
        assumeTrue(Files.exists(LOCKS));
        try (Database stays = open()) {
            assertNumber(stays, 0);
            long locks = locksOnShm();
            assertThat(locks).isPositive();

            try (Database goes = open()) {
                assertNumber(goes, 0);
            }
            assertThat(locksOnShm()).isEqualTo(locks);

            Database first = open();
            Database second = open();
            assertNumber(first, 0);
            first.close();
            first.close();
            assertThat(locksOnShm()).isEqualTo(locks);
            second.close();
            assertThat(locksOnShm()).isEqualTo(locks);
            assertThat(openShms()).isPositive();
        }
        assertThat(openShms()).isZero();
    }

    private Void readUntilTheLast(Database database, AtomicInteger committed) {
        int number = 0;
        while (number < COMMITS) {
            int floor = committed.get();
            number = database.answer(new NumberOfRow()).orElseThrow();
            assertThat(number).isGreaterThanOrEqualTo(floor);
        }
        return null;
    }

    /** Asks several times: the first reads, the next finds the index, and another relies on it. */
    private void assertNumber(Database database, int expected) {
        for (asked = 0; asked < 4; asked++) {
            assertThat(database.answer(new NumberOfRow()))
                    .as("asked %d times", asked)
                    .contains(expected);
        }
    }

    private Database open() throws SQLException {
        return Database.connect(Location.parse(file.toString()), null);
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = SqliteFiles.connect(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Path shm() {
        return folder.resolve("latchkey.db-shm");
    }

    private void uncheckedRun(String statement) {
        try {
            run(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** How often this process has the index open. */
    private long openShms() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(open -> Files.exists(open) && leadsToShm(open)).count();
        }
    }

    private boolean leadsToShm(Path open) {
        try {
            return Files.readSymbolicLink(open).toString().startsWith(shm().toString());
        } catch (IOException e) {
            return false;
        }
    }

    private Object shmIdentity() throws IOException {
        return Files.getAttribute(shm(), "unix:ino");
    }

    /** How many locks this process has there: lines such as {@code 1: POSIX ADVISORY READ 123 fe:00:456 128 128}. */
    private long locksOnShm() throws IOException {
        return locksOnShm("");
    }

    private long locksOnShm(String kind) throws IOException {
        String mine = " " + ProcessHandle.current().pid() + " ";
        String there = ":" + shmIdentity() + " ";
        try (var lines = Files.lines(LOCKS)) {
            return lines.filter(line -> line.contains(mine) && line.contains(there) && line.contains(kind))
                    .count();
        }
    }
}
