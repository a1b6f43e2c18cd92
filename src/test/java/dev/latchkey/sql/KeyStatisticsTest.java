package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.statistics.KeyStatistics;
import dev.latchkey.accesskey.statistics.KeyStatistics.ExpiringKey;
import dev.latchkey.accesskey.statistics.KeyStatistics.ReplacedSecret;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a store says of all its keys together. */
class KeyStatisticsTest extends StoreContract {
    private static final Instant SOON = NOW.plus(Duration.ofDays(30));

    @Test
    void anEmptyStore_hasNothingToCount() {
        assertThat(at(NOW, 10)).isEqualTo(new KeyStatistics(0, 0, 0, List.of(), List.of()));
    }

    @Test
    void keys_areCountedByState_toTheSecond() {
        insert("forever", true, null);
        insert("ends", true, NOW);
        insert("off", false, null);
        insert("off-and-ends", false, NOW);

        assertThat(at(NOW.minusSeconds(1), 10))
                .extracting(KeyStatistics::active, KeyStatistics::disabled, KeyStatistics::expired)
                .containsExactly(2L, 2L, 0L);
        assertThat(at(NOW, 10))
                .extracting(KeyStatistics::active, KeyStatistics::disabled, KeyStatistics::expired)
                .containsExactly(1L, 2L, 1L);
    }

    @Test
    void expiring_areActiveKeysThatEndBefore_theFirstOnesFirst() {
        insert("over", true, NOW);
        insert("last", true, SOON.minusSeconds(1));
        insert("first", true, NOW.plusSeconds(1));
        insert("later", true, SOON);
        insert("off", false, NOW.plusSeconds(5));
        insert("forever", true, null);

        assertThat(at(NOW, 10).expiring())
                .containsExactly(
                        new ExpiringKey("first", NOW.plusSeconds(1)), new ExpiringKey("last", SOON.minusSeconds(1)));
        assertThat(at(NOW, 1).expiring()).extracting(ExpiringKey::keyId).containsExactly("first");
    }

    @Test
    void replaced_areOlderSecretsThatStillWork_theFirstToEndFirst() {
        insert("one", old(NOW.plusSeconds(20), NOW.minusSeconds(5)), Samples.secret("the new one of one"));
        insert("two", old(NOW.plusSeconds(10), null), Samples.secret("the new one of two"));
        insert("over", old(NOW, NOW.minusSeconds(5)), Samples.secret("the new one of over"));
        insert("alone", old(NOW.plusSeconds(30), null));

        assertThat(at(NOW, 10).replaced())
                .containsExactly(new ReplacedSecret("two", null), new ReplacedSecret("one", NOW.minusSeconds(5)));
        assertThat(at(NOW, 1).replaced()).extracting(ReplacedSecret::keyId).containsExactly("two");
    }

    private KeyStatistics at(Instant now, int most) {
        return store.keyStatistics().at(now, SOON, most);
    }

    private static StoredSecret old(Instant expiresAt, @Nullable Instant lastUsedAt) {
        String text = "the old one until " + expiresAt;
        return new StoredSecret(SecretHash.of(text), "hint", NOW, expiresAt, lastUsedAt);
    }

    private void insert(String id, boolean enabled, @Nullable Instant expiresAt) {
        insert(Samples.key(id, settings(id, enabled, expiresAt), NOW));
    }

    private void insert(String id, StoredSecret... secrets) {
        insert(new AccessKey(id, settings(id, true, null), List.of(secrets), NOW, "test", NOW, null, 1));
    }

    private void insert(AccessKey key) {
        store.accessKeys().insert(key, List.of(), List.of());
    }

    private static AccessKeySettings settings(String name, boolean enabled, @Nullable Instant expiresAt) {
        return new AccessKeySettings(
                name, "", ScopeSet.of(List.of()), enabled, null, List.of(), null, CustomClaims.NONE, expiresAt);
    }
}
