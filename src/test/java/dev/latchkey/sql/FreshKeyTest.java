package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A key is read as it was committed last, whichever program did that. */
class FreshKeyTest extends StoreContract {
    @Test
    void find_afterACommitOfAnotherProgram_isAsItIsNow() throws SQLException {
        insert("a");
        assertThat(enabled("a")).contains(true);

        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE access_keys SET enabled = 0 WHERE id = 'a'");
            assertThat(enabled("a")).contains(false);

            statement.execute("BEGIN");
            statement.execute("UPDATE access_keys SET enabled = 1 WHERE id = 'a'");
            assertThat(enabled("a")).contains(false);
            statement.execute("COMMIT");
            assertThat(enabled("a")).contains(true);

            statement.execute("DELETE FROM access_keys WHERE id = 'a'");
            assertThat(enabled("a")).isEmpty();
        }
    }

    @Test
    void find_ofNoKey_findsItAsSoonAsItIsThere() {
        assertThat(enabled("a")).isEmpty();

        insert("a");

        assertThat(enabled("a")).contains(true);
    }

    @Test
    void find_afterTheStoreWasVacuumed_goesOn() throws SQLException {
        insert("a");
        assertThat(enabled("a")).contains(true);

        execute("VACUUM");

        assertThat(enabled("a")).contains(true);
    }

    private void insert(String id) {
        store.accessKeys().insert(key(id, "fx"), List.of(scope("fx")), List.of(event("key.create", id)));
    }

    private Optional<Boolean> enabled(String id) {
        return store.accessKeys().find(id).map(key -> key.settings().enabled());
    }
}
