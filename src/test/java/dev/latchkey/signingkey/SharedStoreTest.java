package dev.latchkey.signingkey;

import static dev.latchkey.signingkey.Replica.LIFETIME;
import static dev.latchkey.signingkey.Replica.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one store. */
class SharedStoreTest {
    private static final Duration JWKS_MAX_AGE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void rotation_isFollowedByTheOtherAtItsNextLook() {
        try (Replica one = start();
                Replica other = start()) {
            one.keys.rotate(OWNER, RotationMode.NOW);
            assertThat(other.publishedKids()).contains(one.keys.signer(LIFETIME).kid());

            other.keys.tick();

            assertThat(other.keys.signer(LIFETIME).kid())
                    .isEqualTo(one.keys.signer(LIFETIME).kid());
            assertThat(other.publishedKids()).isEqualTo(one.publishedKids());
        }
    }

    @Test
    void compromisedKey_isNoLongerPublishedByTheOther_fromItsNextLookOn() {
        try (Replica one = start();
                Replica other = start()) {
            String old = one.activeKid();
            one.keys.rotate(OWNER, RotationMode.COMPROMISED);

            other.keys.tick();

            assertThat(other.publishedKids()).doesNotContain(old).hasSize(2);
            assertThat(other.keys.signer(LIFETIME).kid())
                    .isEqualTo(one.keys.signer(LIFETIME).kid());
        }
    }

    @Test
    void rotatingAgainAndAgain_neverSignsWithAKeyThatAnotherDoesNotPublishYet() {
        try (Replica one = start();
                Replica other = start()) {
            for (int i = 0; i < 4; i++) {
                one.keys.rotate(OWNER, RotationMode.NOW);
                assertThat(other.publishedKids())
                        .contains(one.keys.signer(LIFETIME).kid());
                clock.advance(Duration.ofSeconds(2));
                one.keys.tick();
                assertThat(other.publishedKids())
                        .contains(one.keys.signer(LIFETIME).kid());
                other.keys.tick();
            }
        }
    }

    @Test
    void rotate_byBothAtOnce_isDoneOnce() throws Exception {
        try (Replica one = start();
                Replica other = start()) {
            clock.advance(JWKS_MAX_AGE);
            String next = one.nextKid();

            List<String> outcomes = together(one, other);

            assertThat(outcomes).containsExactlyInAnyOrder("rotated", "CONFLICT");
            assertThat(one.activeKid()).isEqualTo(next);
            assertThat(one.states()).hasSize(3).isEqualTo(other.states());
        }
    }

    @Test
    void firstStart_byBothAtOnce_makesOnePair() throws Exception {
        List<Replica> replicas = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            replicas.add(Replica.open(folder.resolve("test.db"), clock, null, null));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier begin = new CyclicBarrier(2);
            List<Future<Replica>> starts = new ArrayList<>();
            for (Replica replica : replicas) {
                starts.add(threads.submit(() -> {
                    begin.await();
                    return replica.started();
                }));
            }
            Set<String> signers = new TreeSet<>();
            for (Future<Replica> start : starts) {
                signers.add(start.get().keys.signer(LIFETIME).kid());
            }

            assertThat(signers).hasSize(1);
            assertThat(replicas.get(0).publishedKids())
                    .hasSize(2)
                    .isEqualTo(replicas.get(1).publishedKids());
        } finally {
            threads.shutdownNow();
            replicas.forEach(Replica::close);
        }
    }

    @Test
    void rotateEvery_rotatesOnceWhenTheActiveKeyIsThatOld() {
        Duration every = Duration.ofDays(90);
        Path db = folder.resolve("test.db");
        try (Replica one = Replica.open(db, clock, null, every).started();
                Replica other = Replica.open(db, clock, null, every).started()) {
            String first = one.activeKid();
            String next = one.nextKid();
            clock.advance(every.minusSeconds(1));
            one.keys.tick();
            assertThat(one.activeKid()).isEqualTo(first);

            clock.advance(Duration.ofSeconds(1));
            one.keys.tick();
            other.keys.tick();

            assertThat(one.activeKid()).isEqualTo(next);
            assertThat(one.states()).hasSize(3).isEqualTo(other.states());
            assertThat(other.keys.signer(LIFETIME).kid()).isEqualTo(next);

            clock.advance(every);
            other.keys.tick();
            one.keys.tick();
            assertThat(one.activeKid()).isNotEqualTo(next);
            assertThat(one.states()).hasSize(3);
        }
    }

    @Test
    void rotateEvery_waitsUntilTheNextKeyIsKnown() {
        Duration every = Duration.ofMinutes(5);
        try (Replica one =
                Replica.open(folder.resolve("test.db"), clock, null, every).started()) {
            clock.advance(Duration.ofMinutes(4));
            one.keys.rotate(OWNER, RotationMode.NOW);
            clock.advance(JWKS_MAX_AGE.minusSeconds(1));
            String active = one.activeKid();
            one.keys.tick();
            assertThat(one.activeKid()).isEqualTo(active);

            clock.advance(Duration.ofSeconds(1));
            one.keys.tick();
            assertThat(one.activeKid()).isNotEqualTo(active);
        }
    }

    @Test
    void storeAway_keepsThePicture() {
        Replica one = start();
        List<String> published = one.publishedKids();
        String signer = one.keys.signer(LIFETIME).kid();
        one.close();

        ServiceException failure = catchThrowableOfType(ServiceException.class, () -> one.keys.tick());

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(one.publishedKids()).isEqualTo(published);
        assertThat(one.keys.signer(LIFETIME).kid()).isEqualTo(signer);
    }

    private Replica start() {
        return Replica.start(folder.resolve("test.db"), clock);
    }

    private static List<String> together(Replica... replicas) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(replicas.length);
        try {
            CyclicBarrier begin = new CyclicBarrier(replicas.length);
            List<Future<String>> futures = new ArrayList<>();
            for (Replica replica : replicas) {
                futures.add(threads.submit(() -> {
                    begin.await();
                    return rotate(replica);
                }));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String rotate(Replica replica) {
        try {
            replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
            return "rotated";
        } catch (ServiceException e) {
            return e.kind().name();
        }
    }
}
