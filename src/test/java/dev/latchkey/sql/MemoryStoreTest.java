package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.ErrorKind;
import java.util.List;
import java.util.Set;
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
    void open_existingWanted_isRefused() {
        StoreTests.failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(":memory:", SqlStore.Mode.EXISTING));
    }
}
