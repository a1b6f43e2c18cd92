package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SQLite relies on its locks, which a process loses when it closes a file that they are on. */
class SqliteLocksTest extends OneNumberTests {
    /** Where the system tells them, which Linux does. */
    private static final Path LOCKS = Path.of("/proc/locks");

    private static final String WRITE = " WRITE ";

    /** An interrupt closes the file that a thread works on, and with it goes every lock of the process. */
    @Test
    void query_keepsTheLocks_whereItsThreadIsInterrupted() throws Exception {
        assumeTrue(Files.exists(LOCKS));
        try (Database database = open()) {
            assertNumber(database, 0);
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
    void closing_besideAWriter_takesNoLockAway() throws Exception {
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

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
