package dev.latchkey.sql;

import static dev.latchkey.accesskey.AccessKeyQuery.Filter.NONE;
import static dev.latchkey.accesskey.AccessKeyQuery.Order.NEWEST_FIRST;
import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.activeKey;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.nextKey;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeyQuery.Filter;
import dev.latchkey.accesskey.AccessKeyQuery.Order;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.sql.database.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
        execute("DROP INDEX access_keys_audience");
        execute("DROP TABLE federated_subjects");
        execute("DROP TABLE issuers");
        execute("ALTER TABLE access_keys DROP COLUMN federated");
        execute("DROP INDEX access_keys_enabled_newest_first");
        execute("DROP TABLE access_key_scope_uses");
        for (String index : List.of("by_name", "by_last_use", "by_expiry", "with_old_secret")) {
            execute("DROP INDEX access_keys_" + index);
        }
        for (String column : List.of("name_folded", "scopes_since", "old_secret_ends_at")) {
            execute("ALTER TABLE access_keys DROP COLUMN " + column);
        }
        execute("DROP INDEX audit_events_subject_name");
        for (String column : List.of("actor_title", "subject_name")) {
            execute("ALTER TABLE audit_events DROP COLUMN " + column);
        }
        execute("ALTER TABLE sessions DROP COLUMN address");
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
    void open_knowsOfOldKeys_whatTheListAndAdviceAskFor() throws SQLException {
        store.scopes().insert(List.of(scope("fx")), List.of());
        for (String insert : List.of(
                "INSERT INTO access_keys VALUES ('used', 'Zoë', '', 'fx', 1, NULL, '', NULL, '{}', 1, 'a', 5, NULL, 9, 1,"
                        + " 'zoë' || ${newline} || 'used')",
                "INSERT INTO access_keys VALUES ('unused', 'Zo', '', 'fx', 1, NULL, '', NULL, '{}', 1, 'a', 5, NULL, NULL,"
                        + " 1, 'zo' || ${newline} || 'unused')",
                "INSERT INTO access_key_secrets VALUES ('used', 1, 'h1', '', 1, 4000000000, NULL)",
                "INSERT INTO access_key_secrets VALUES ('used', 2, 'h2', '', 1, NULL, NULL)",
                "INSERT INTO access_key_secrets VALUES ('unused', 1, 'h3', '', 1, 4000000000, NULL)")) {
            execute(insert.replace("${newline}", "'\n'"));
        }

        SqlStore upgraded = open();

        assertThat(upgraded.accessKeys()
                        .page(new AccessKeyQuery(9, null, NONE, Order.parse("name")), NOW)
                        .keys())
                .extracting(AccessKey::id)
                .containsExactly("unused", "used");
        assertThat(upgraded.accessKeys()
                        .page(new AccessKeyQuery(9, null, new Filter(null, null, null, null, true), NEWEST_FIRST), NOW)
                        .keys())
                .extracting(AccessKey::id)
                .containsExactly("used");
        assertThat(upgraded.scopeHistories().histories(List.of("used", "unused")))
                .hasEntrySatisfying(
                        "used", history -> assertThat(history.since()).isEqualTo(Instant.ofEpochSecond(9)))
                .hasEntrySatisfying(
                        "unused", history -> assertThat(history.since()).isEqualTo(Instant.ofEpochSecond(5)));
        assertThat(column("SELECT name_folded FROM access_keys ORDER BY id")).containsExactly("zo", "zoë");
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
