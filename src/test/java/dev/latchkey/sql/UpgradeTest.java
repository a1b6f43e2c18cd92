package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.activeKey;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.nextKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.sql.database.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of an older version becomes when it is opened. */
class UpgradeTest extends StoreContract {
    private static final int RACERS = 4;

    private final StoredKey active = activeKey("A");
    private final StoredKey next = nextKey("N");

    @BeforeEach
    void makeStoreOfVersion1() throws SQLException {
        store.signingKeys().insertFirst(active, next, List.of(event("signing-key.create", "both")));
        for (String column : List.of("longest_lifetime", "algorithm", "x", "y")) {
            execute("ALTER TABLE signing_keys DROP COLUMN " + column);
        }
        execute("DROP INDEX access_keys_enabled_newest_first");
        execute("UPDATE latchkey SET value = '1' WHERE name = 'version'");
    }

    @Test
    void open_keepsWhatIsStored_andTakesWhatIsNew() throws SQLException {
        SqlStore upgraded = open();

        assertThat(upgraded.signingKeys().all())
                .extracting(SigningKey::jwk)
                .containsExactly(active.key().jwk(), next.key().jwk());
        assertThat(upgraded.signingKeys().all())
                .allSatisfy(key -> assertThat(key.longestLifetime()).isEqualTo(Duration.ofHours(24)));
        assertThat(upgraded.signingKeys().privateKeys())
                .containsEntry(active.key().kid(), active.privateKey());
        assertThat(audited()).containsExactly("signing-key.create both");
        assertThat(version()).containsExactly(String.valueOf(Database.SCHEMA_VERSION));
        StoredKey p256 = nextKey(PublicJwk.p256("x", "y"));
        upgraded.signingKeys().replaceNext(next, p256, List.of());
        assertThat(open().signingKeys().all()).contains(p256.key());
    }

    @Test
    void open_bySeveralAtOnce_isDoneOnce() throws Exception {
        List<Callable<List<SigningKey>>> openings = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            openings.add(() -> {
                try (SqlStore another = SqlStore.open(db(), SqlStore.Mode.EXISTING)) {
                    return another.signingKeys().all();
                }
            });
        }

        assertThat(together(openings)).allSatisfy(keys -> assertThat(keys).hasSize(2));
        assertThat(version()).containsExactly(String.valueOf(Database.SCHEMA_VERSION));
    }

    @Test
    void open_aStepFails_leavesEverythingAsItWas() throws SQLException {
        execute("ALTER TABLE signing_keys ADD COLUMN y TEXT");

        assertThatThrownBy(this::open).isInstanceOf(RuntimeException.class);

        assertThat(version()).containsExactly("1");
        assertThatThrownBy(() -> column("SELECT algorithm FROM signing_keys")).isInstanceOf(SQLException.class);
        execute("ALTER TABLE signing_keys DROP COLUMN y");
        assertThat(open().signingKeys().all()).hasSize(2);
    }

    private List<String> version() throws SQLException {
        return column("SELECT value FROM latchkey WHERE name = 'version'");
    }
}
