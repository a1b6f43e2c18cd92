package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.token.TokenStanding;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises about single tokens and assertions. */
class TokenStoreTest extends StoreContract {
    @BeforeEach
    void addKeys() {
        store.scopes().insert(List.of(scope("fx")), List.of(event("scope.add", "fx")));
        insert(key("plain", "fx"));
        insert(fullKey("full", "n", "", "fx"));
    }

    @Test
    void standing_isThatOfTheKey() {
        assertThat(store.tokens().standing("plain", "t")).contains(new TokenStanding(true, null, null, false));
        assertThat(store.tokens().standing("full", "t"))
                .contains(new TokenStanding(false, NOW.plus(Duration.ofDays(90)), null, false));
    }

    @Test
    void standing_ofNoKey_isEmpty_alsoForARevokedToken() {
        store.tokens().revoke("t", NOW);

        for (String id : List.of("unknown", "", "PLAIN", "' OR '1'='1")) {
            assertThat(store.tokens().standing(id, "t")).isEmpty();
        }
    }

    @Test
    void revoke_isSeenByEveryOne_andTwiceIsTheSame() throws SQLException {
        SqlStore replica = open();

        store.tokens().revoke("one", NOW);
        replica.tokens().revoke("one", NOW);

        assertThat(replica.tokens().standing("plain", "one")).contains(new TokenStanding(true, null, null, true));
        assertThat(replica.tokens().standing("plain", "ONE")).contains(new TokenStanding(true, null, null, false));
        assertThat(replica.tokens().standing("plain", "two")).contains(new TokenStanding(true, null, null, false));
        assertThat(column("SELECT id FROM revoked_tokens")).containsExactly("one");
    }

    @Test
    void standing_ofAKeyThatWasDeletedAndMadeAnew_saysWhen_untilNoTokenIsLeft() throws SQLException {
        store.accessKeys().delete("plain", 1, event("key.delete", "plain"));
        assertThat(store.tokens().standing("plain", "t")).isEmpty();
        insert(key("plain", "fx"));

        assertThat(store.tokens().standing("plain", "t")).contains(new TokenStanding(true, null, NOW, false));
        store.tokens().prune(NOW.plus(Duration.ofHours(24)));
        assertThat(column("SELECT id FROM deleted_keys")).containsExactly("plain");
        store.tokens().prune(NOW.plus(Duration.ofHours(24)).plusSeconds(1));
        assertThat(store.tokens().standing("plain", "t")).contains(new TokenStanding(true, null, null, false));
    }

    @Test
    void prune_dropsWhatEndedBefore_andKeepsTheEdge() throws SQLException {
        store.tokens().revoke("before", NOW.minusSeconds(1));
        store.tokens().revoke("edge", NOW);
        store.assertions().useOnce("plain", "before", NOW.minusSeconds(1));
        store.assertions().useOnce("plain", "edge", NOW);

        store.tokens().prune(NOW);
        store.assertions().prune(NOW);

        assertThat(column("SELECT id FROM revoked_tokens")).containsExactly("edge");
        assertThat(column("SELECT id_hash FROM used_assertions")).containsExactly("edge");
    }

    @Test
    void useOnce_isTrueOnce_forEachKey() {
        assertThat(store.assertions().useOnce("plain", "a", NOW)).isTrue();
        assertThat(open().assertions().useOnce("plain", "a", NOW.plusSeconds(60)))
                .isFalse();
        assertThat(store.assertions().useOnce("full", "a", NOW)).isTrue();
        assertThat(store.assertions().useOnce("plain", "A", NOW)).isTrue();
    }

    @Test
    void useOnce_byManyAtOnce_isTrueOnce() throws Exception {
        SqlStore replica = open();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SqlStore at = i % 2 == 0 ? store : replica;
            calls.add(() -> at.assertions().useOnce("plain", "a", NOW));
        }

        assertThat(together(calls)).containsOnlyOnce(true);
    }

    @Test
    void closedStore_isUnavailable() {
        store.close();

        failure(ErrorKind.UNAVAILABLE, () -> store.tokens().standing("plain", "t"));
        failure(ErrorKind.UNAVAILABLE, () -> store.tokens().revoke("t", NOW));
        failure(ErrorKind.UNAVAILABLE, () -> store.assertions().useOnce("plain", "a", NOW));
    }

    private void insert(AccessKey key) {
        store.accessKeys().insert(key, List.of(), List.of(event("key.create", key.id())));
    }
}
