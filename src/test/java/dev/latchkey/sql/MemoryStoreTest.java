package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.DatabaseOpener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStoreTest {
    @ParameterizedTest
    @ValueSource(strings = {":memory:", "jdbc:sqlite::memory:"})
    void storesInMemory_areApart(String db) {
        try (SqlStore one = SqlStore.open(db, SqlStore.Mode.CREATE);
                SqlStore other = SqlStore.open(db, SqlStore.Mode.CREATE)) {
            one.scopes().insert(List.of(scope("fx")), List.of());

            assertThat(one.scopes().all()).hasSize(1);
            assertThat(other.scopes().all()).isEmpty();
        }
    }

    @Test
    void writersAndReaders_loseNothing() throws Exception {
        try (SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE)) {
            store.scopes().insert(List.of(scope("fx")), List.of());

            Set<String> written = Writers.writeFrom(store, store);

            assertThat(store.accessKeys().all()).extracting(AccessKey::id).containsExactlyInAnyOrderElementsOf(written);
        }
    }

    @Test
    void aReader_waitsForNoOther() throws Exception {
        try (Database store = DatabaseOpener.open(":memory:", true, null)) {
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch read = new CountDownLatch(1);
            CompletableFuture<Boolean> slow = CompletableFuture.supplyAsync(() -> store.read(connection -> {
                reading.countDown();
                return await(read);
            }));

            assertThat(await(reading)).isTrue();
            store.ping();
            read.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aReader_seesNothingOfAWriteThatIsNotDone() {
        try (Database store = DatabaseOpener.open(":memory:", true, Duration.ofMillis(100))) {
            Throwable busy = store.write(connection -> CompletableFuture.supplyAsync(() -> catchThrowable(store::ping))
                    .join());

            assertThat(busy)
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
            store.ping();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void open_existingWanted_isRefused() {
        StoreTests.failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(":memory:", SqlStore.Mode.EXISTING));
    }
}
