package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.activeKey;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.nextKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore.Rotation;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises about signing keys. */
class SigningKeyStoreTest extends StoreContract {
    private static final int RACERS = 4;
    private static final Instant LATER = NOW.plusSeconds(400);

    private final StoredKey active = activeKey("A");
    private final StoredKey next = nextKey("N");

    @BeforeEach
    void storeFirst() {
        assertThat(store.signingKeys().insertFirst(active, next, List.of(event("signing-key.create", "both"))))
                .isTrue();
    }

    @Test
    void insertFirst_comesBackAsItWas() {
        assertThat(open().signingKeys().all()).containsExactly(active.key(), next.key());
        assertThat(open().signingKeys().privateKeys())
                .isEqualTo(Map.of(
                        active.key().kid(), active.privateKey(), next.key().kid(), next.privateKey()));
    }

    @Test
    void insertFirst_thereIsOne_isNotAdded() throws SQLException {
        assertThat(store.signingKeys().insertFirst(activeKey("B"), nextKey("C"), List.of(event("x", "y"))))
                .isFalse();

        assertThat(store.signingKeys().all()).hasSize(2);
        assertThat(audited()).containsExactly("signing-key.create both");
    }

    @Test
    void insertNext_thereIsOne_isNotAdded() throws SQLException {
        assertThat(store.signingKeys().insertNext(active, nextKey("C"), event("x", "y")))
                .isFalse();

        assertThat(store.signingKeys().all()).containsExactly(active.key(), next.key());
        assertThat(audited()).containsExactly("signing-key.create both");
    }

    @Test
    void rotate_movesEachKeyOn() throws SQLException {
        Rotation rotation = rotation(active, next, nextKey("B"), true);

        store.signingKeys().rotate(rotation, List.of(event("signing-key.rotate", "n")));

        assertThat(store.signingKeys().all())
                .containsExactly(rotation.active().key(), rotation.next().key(), rotation.retired());
        assertThat(store.signingKeys().privateKeys()).hasSize(3);
        assertThat(audited()).endsWith("signing-key.rotate n");
    }

    @Test
    void rotate_ofAKeyWhoseTokensLiveLongerByNow_isConflict() {
        store.signingKeys().raiseMaxLifetime(withLifetime(active.key(), Duration.ofHours(2)));

        assertThat(outcome(() -> store.signingKeys().rotate(rotation(active, next, nextKey("B"), true), List.of())))
                .isEqualTo("CONFLICT");
        assertThat(store.signingKeys().all()).hasSize(2);
    }

    @Test
    void lengthen_onlyGrows_andOnlyInTheStateThatWasSeen() {
        SigningKey longer = withLifetime(active.key(), Duration.ofHours(2));
        store.signingKeys().raiseMaxLifetime(longer);
        store.signingKeys().raiseMaxLifetime(withLifetime(active.key(), Duration.ofMinutes(90)));
        store.signingKeys().raiseMaxLifetime(withLifetime(next.key(), Duration.ofMinutes(1)));
        store.signingKeys()
                .raiseMaxLifetime(rotation(active, next, nextKey("B"), true).retired());

        assertThat(store.signingKeys().all()).containsExactly(longer, next.key());
    }

    private static SigningKey withLifetime(SigningKey key, Duration lifetime) {
        return new SigningKey(
                key.jwk(),
                key.state(),
                key.createdAt(),
                key.publishedAt(),
                key.activatedAt(),
                key.retiredAt(),
                key.publishedUntil(),
                lifetime);
    }

    @Test
    void rotate_withoutKeepingTheOldKey_deletesIt() {
        store.signingKeys().rotate(rotation(active, next, nextKey("B"), false), List.of());

        assertThat(store.signingKeys().privateKeys())
                .hasSize(2)
                .doesNotContainKey(active.key().kid());
    }

    @Test
    void rotate_ofKeysThatHaveMovedOn_isConflict_andLeavesNoTrace() throws SQLException {
        Rotation outdated = rotation(active, next, nextKey("C"), true);
        store.signingKeys().rotate(rotation(active, next, nextKey("B"), true), List.of());
        List<SigningKey> before = store.signingKeys().all();

        failure(ErrorKind.CONFLICT, () -> store.signingKeys().rotate(outdated, List.of(event("late", "x"))));

        assertThat(store.signingKeys().all()).isEqualTo(before);
        assertThat(audited()).doesNotContain("late x");
    }

    @Test
    void rotate_afterThePrivatePartWasEncryptedAnew_isConflict() {
        Map<String, StoredPrivateKey> before = store.signingKeys().privateKeys();
        store.signingKeys()
                .reseal(
                        before,
                        Map.of(
                                active.key().kid(), new StoredPrivateKey("enc1:a"),
                                next.key().kid(), new StoredPrivateKey("enc1:n")),
                        List.of());

        failure(
                ErrorKind.CONFLICT,
                () -> store.signingKeys().rotate(rotation(active, next, nextKey("B"), true), List.of()));
        failure(ErrorKind.CONFLICT, () -> store.signingKeys().replaceNext(next, nextKey("B"), List.of()));
        assertThat(store.signingKeys().all()).containsExactly(active.key(), next.key());
    }

    @Test
    void rotate_bySeveralStoresAtOnce_isDoneByOne() throws Exception {
        List<Callable<String>> rotations = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            SqlStore another = open();
            Rotation rotation = rotation(active, next, nextKey("B" + i), i % 2 == 0);
            rotations.add(() -> outcome(() -> another.signingKeys().rotate(rotation, List.of(event("r", "x")))));
        }

        assertThat(together(rotations)).containsOnlyOnce("done").containsOnly("done", "CONFLICT");
        assertThat(store.signingKeys().all().stream().filter(key -> key.state() != SigningKey.State.RETIRED))
                .hasSize(2);
        assertThat(audited()).containsOnlyOnce("r x");
    }

    @Test
    void replaceNext_putsTheOtherInItsPlace_once() {
        store.signingKeys().replaceNext(next, nextKey("B"), List.of());

        assertThat(store.signingKeys().all())
                .containsExactly(active.key(), nextKey("B").key());
        failure(ErrorKind.CONFLICT, () -> store.signingKeys().replaceNext(next, nextKey("C"), List.of()));
    }

    @Test
    void keysOfOtherAlgorithms_comeBackAsTheyWere() {
        StoredKey p256 = nextKey(PublicJwk.p256("x of P-256", "y of P-256"));
        StoredKey ed25519 = nextKey(PublicJwk.ed25519("x of Ed25519"));

        store.signingKeys().replaceNext(next, p256, List.of());
        assertThat(store.signingKeys().all()).containsExactly(active.key(), p256.key());

        store.signingKeys().rotate(rotation(active, p256, ed25519, true), List.of());
        assertThat(store.signingKeys().all())
                .extracting(SigningKey::jwk)
                .containsExactly(
                        p256.key().jwk(), ed25519.key().jwk(), active.key().jwk());
    }

    @Test
    void replaceNext_byAKeyThatIsThere_isConflict_andKeepsTheNextOne() {
        failure(ErrorKind.CONFLICT, () -> store.signingKeys().replaceNext(next, nextKey("A"), List.of()));

        assertThat(store.signingKeys().all()).containsExactly(active.key(), next.key());
    }

    @Test
    void drop_isForRetiredKeysAlone_andIsToldOnce() throws SQLException {
        String kid = active.key().kid();
        assertThat(store.signingKeys().drop(kid, event("drop", "a"))).isFalse();
        store.signingKeys().rotate(rotation(active, next, nextKey("B"), true), List.of());

        assertThat(store.signingKeys().drop(kid, event("drop", "a"))).isTrue();
        assertThat(store.signingKeys().drop(kid, event("drop", "a"))).isFalse();
        assertThat(store.signingKeys().all()).hasSize(2);
        assertThat(audited()).containsOnlyOnce("drop a");
    }

    @Test
    void reseal_ofOtherTextsThanThoseStored_isConflict_andChangesNothing() {
        Map<String, StoredPrivateKey> before = store.signingKeys().privateKeys();
        Map<String, StoredPrivateKey> one = Map.of(active.key().kid(), active.privateKey());

        failure(ErrorKind.CONFLICT, () -> store.signingKeys().reseal(one, one, List.of()));

        assertThat(store.signingKeys().privateKeys()).isEqualTo(before);
    }

    @Test
    void wipeOverwritten_succeedsWithoutReaders() {
        assertThat(store.signingKeys().wipeOverwritten()).isTrue();
    }

    private static Rotation rotation(StoredKey active, StoredKey next, StoredKey fresh, boolean keep) {
        SigningKey old = active.key();
        SigningKey promoted = next.key();
        return new Rotation(
                new SigningKey(
                        old.jwk(),
                        SigningKey.State.RETIRED,
                        old.createdAt(),
                        old.publishedAt(),
                        old.activatedAt(),
                        LATER,
                        LATER.plusSeconds(9),
                        old.longestLifetime()),
                keep,
                new StoredKey(
                        new SigningKey(
                                promoted.jwk(),
                                SigningKey.State.ACTIVE,
                                promoted.createdAt(),
                                promoted.publishedAt(),
                                LATER,
                                null,
                                null,
                                promoted.longestLifetime()),
                        next.privateKey()),
                fresh);
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "done";
        } catch (ServiceException e) {
            return e.kind().name();
        }
    }
}
