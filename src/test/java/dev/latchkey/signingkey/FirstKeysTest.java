package dev.latchkey.signingkey;

import static dev.latchkey.signingkey.Replica.LIFETIME;
import static dev.latchkey.signingkey.Replica.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.crypto.MasterKey;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new store, on which a service signs with the first key before it has made the next one. */
class FirstKeysTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00.250Z");

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(START);

    @Test
    void theFirstKeySigns_whileThereIsNoNextOne() {
        try (Replica starting = open()) {
            starting.keys.start(null);

            String active = starting.keys.signer(LIFETIME).kid();
            assertThat(starting.publishedKids()).containsExactly(active);
            assertThat(starting.store().signingKeys().all())
                    .extracting(SigningKey::kid)
                    .containsExactly(active);
        }
    }

    @Test
    void theJwkSet_neverLacksANextKey() {
        try (Replica starting = open()) {
            starting.keys.start(null);

            List<PublicJwk> set = starting.keys.jwkSet().join();

            assertThat(set).hasSize(2);
            assertThat(starting.publishedKids()).containsExactly(starting.activeKid(), starting.nextKid());
            assertThat(starting.keys.jwkSet()).isCompletedWithValue(set);
        }
    }

    @Test
    void list_neverLacksANextKey() {
        try (Replica starting = open()) {
            starting.keys.start(null);

            assertThat(starting.states()).hasSize(2);
        }
    }

    @Test
    void rotate_waitsForTheNextKey_whichCountsAsPublishedSinceTheFirstOneIs() {
        try (Replica starting = open()) {
            starting.keys.start(null);
            String first = starting.keys.signer(LIFETIME).kid();
            clock.advance(Duration.ofSeconds(3));

            List<SigningKey> keys = starting.keys.rotate(OWNER, RotationMode.NOW);

            assertThat(keys.get(0).publishedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:01Z"));
            assertThat(keys.get(0).createdAt()).isEqualTo(Instant.parse("2026-03-01T12:00:03Z"));
            assertThat(starting.keys.signer(LIFETIME).kid())
                    .isEqualTo(keys.get(0).kid())
                    .isNotEqualTo(first);
        }
    }

    @Test
    void aFirstStartThatWasCutOff_isCompletedByTheNext() {
        String first;
        try (Replica cutOff = open()) {
            cutOff.keys.start(null);
            first = cutOff.keys.signer(LIFETIME).kid();
        }

        try (Replica again = open()) {
            again.keys.start(null);
            again.keys.beginNext();
            again.keys.awaitNext();

            assertThat(again.keys.signer(LIFETIME).kid()).isEqualTo(first);
            assertThat(again.publishedKids()).hasSize(2).startsWith(first);
        }
    }

    /** Until then the JWK Set may have been given out without it, by a service that signs with a file's key. */
    @Test
    void theNextKeyThatALaterStartMakes_isPublishedSinceThen() {
        try (Replica cutOff = open()) {
            cutOff.keys.start(null);
        }
        clock.advance(Duration.ofDays(1));

        try (Replica again = open()) {
            again.keys.start(null);
            again.keys.awaitNext();

            SigningKey next = again.keys.list(OWNER).get(1);
            assertThat(next.publishedAt()).isEqualTo(Instant.parse("2026-03-02T12:00:01Z"));
            ServiceException failure = catchThrowableOfType(
                    ServiceException.class, () -> again.keys.rotate(OWNER, RotationMode.WHEN_KNOWN));
            assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
        }
    }

    @Test
    void theNextKeyThatALaterStartMakes_isForTheAlgorithmOfTheFirst() {
        try (Replica cutOff = Replica.open(db(), clock, null, null, SigningAlgorithm.ES256)) {
            cutOff.keys.start(null);
        }

        try (Replica again = open()) {
            again.keys.start(null);

            assertThat(again.keys.jwkSet().join())
                    .extracting(PublicJwk::algorithm)
                    .containsExactly(SigningAlgorithm.ES256, SigningAlgorithm.ES256);
        }
    }

    @Test
    void aMasterKeyThatIsChangedInBetween_leavesNoKeyUnderTheOldOne() {
        Path masterKey = MasterKeyFiles.of(folder, 7);
        try (Replica starting = open();
                Replica manager = open()) {
            starting.keys.start(null);
            manager.keys.changeMasterKey(OWNER, MasterKey.read(masterKey));

            ServiceException failure = catchThrowableOfType(ServiceException.class, () -> starting.keys.awaitNext());

            assertThat(failure.kind()).isEqualTo(ErrorKind.MISCONFIGURED);
        }

        try (Replica again = Replica.open(db(), clock, masterKey, null)) {
            again.keys.start(null);
            again.keys.awaitNext();
            assertThat(again.store().signingKeys().privateKeys().values())
                    .hasSize(2)
                    .allMatch(StoredPrivateKey::isEncrypted);
        }
    }

    @Test
    void aNextKeyThatAnotherProcessMade_isTakenUp() {
        try (Replica one = open();
                Replica other = open()) {
            one.keys.start(null);
            other.keys.start(null);

            one.keys.awaitNext();
            other.keys.awaitNext();

            assertThat(other.publishedKids()).hasSize(2).isEqualTo(one.publishedKids());
            assertThat(other.store().signingKeys().all()).hasSize(2);
        }
    }

    @Test
    void theNextKey_isForTheAlgorithmThatWasAskedFor_whicheverProcessMadeIt() {
        try (Replica one = open();
                Replica other = Replica.open(db(), clock, null, null, SigningAlgorithm.ES256)) {
            one.keys.start(null);
            other.keys.start(null);
            one.keys.awaitNext();

            other.keys.awaitNext();

            assertThat(other.keys.jwkSet().join())
                    .extracting(PublicJwk::algorithm)
                    .containsExactly(SigningAlgorithm.RS256, SigningAlgorithm.ES256);
        }
    }

    @Test
    void rotate_byAManager_whileTheNextKeyIsBeingMade_isConflict() {
        try (Replica starting = open();
                Replica manager = open()) {
            starting.keys.start(null);

            ServiceException failure =
                    catchThrowableOfType(ServiceException.class, () -> manager.keys.rotate(OWNER, RotationMode.NOW));

            assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
            assertThat(failure).hasMessageContaining("no next signing key yet");
        }
    }

    @Test
    void storeAway_awaitNext_isUnavailable() {
        Replica starting = open();
        starting.keys.start(null);
        starting.close();

        ServiceException failure = catchThrowableOfType(ServiceException.class, () -> starting.keys.awaitNext());

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    private Replica open() {
        return Replica.open(db(), clock, null, null);
    }

    private Path db() {
        return folder.resolve("test.db");
    }
}
