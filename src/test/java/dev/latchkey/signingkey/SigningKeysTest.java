package dev.latchkey.signingkey;

import static dev.latchkey.signingkey.Replica.LIFETIME;
import static dev.latchkey.signingkey.Replica.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a signing key in one process. */
class SigningKeysTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration JWKS_MAX_AGE = Duration.ofMinutes(5);
    private static final Duration KEPT = LIFETIME.plus(SigningKeyRules.CLOCK_SKEW);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(START);
    private Replica replica;

    @BeforeEach
    void start() {
        replica = Replica.start(folder.resolve("test.db"), clock);
    }

    @AfterEach
    void stop() {
        replica.close();
    }

    @Test
    void start_emptyStore_publishesAnActiveAndANextKey() {
        List<SigningKey> keys = replica.keys.list(OWNER);

        assertThat(keys).extracting(SigningKey::state).containsExactly(SigningKey.State.ACTIVE, SigningKey.State.NEXT);
        assertThat(keys).allSatisfy(key -> {
            assertThat(key.publishedAt()).isEqualTo(START);
            assertThat(key.jwk().bits()).isEqualTo(2048);
        });
        assertThat(replica.publishedKids()).containsExactly(replica.activeKid(), replica.nextKid());
        assertThat(replica.keys.signer(LIFETIME).kid()).isEqualTo(replica.activeKid());
        assertThat(audited(0)).containsExactly("signing-key.create", "signing-key.create");
    }

    @Test
    void rotate_oneSecondTooEarly_isConflict_andSaysFromWhenOn() {
        List<String> before = replica.states();
        clock.advance(JWKS_MAX_AGE.minusSeconds(1));

        assertThat(conflict(() -> replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN)))
                .hasMessageContaining("2026-03-01T12:05:00Z")
                .hasMessageContaining("--now");
        assertThat(replica.states()).isEqualTo(before);
        assertThat(audited(2)).isEmpty();
    }

    @Test
    void rotate_nextKnownToAll_promotesIt_retiresTheOld_andPublishesAnother() {
        String old = replica.activeKid();
        String next = replica.nextKid();
        clock.advance(JWKS_MAX_AGE);

        List<SigningKey> keys = replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);

        assertThat(replica.states())
                .containsExactly("active " + next, "next " + replica.nextKid(), "retired " + old)
                .doesNotContain("next " + next);
        assertThat(keys).isEqualTo(replica.keys.list(OWNER));
        assertThat(keys.get(0).activatedAt()).isEqualTo(START.plus(JWKS_MAX_AGE));
        assertThat(keys.get(1).publishedAt()).isEqualTo(START.plus(JWKS_MAX_AGE));
        assertThat(keys.get(2).retiredAt()).isEqualTo(START.plus(JWKS_MAX_AGE));
        assertThat(keys.get(2).publishedUntil())
                .isEqualTo(START.plus(JWKS_MAX_AGE).plus(KEPT));
        assertThat(replica.publishedKids()).containsExactly(next, replica.nextKid(), old);
        assertThat(replica.keys.signer(LIFETIME).kid()).isEqualTo(next);
        assertThat(audited(2))
                .containsExactlyInAnyOrder("signing-key.retire", "signing-key.rotate", "signing-key.create");
    }

    @Test
    void rotate_now_doesNotWait() {
        String next = replica.nextKid();

        replica.keys.rotate(OWNER, RotationMode.NOW);

        assertThat(replica.keys.signer(LIFETIME).kid()).isEqualTo(next).isEqualTo(replica.activeKid());
    }

    @Test
    void rotate_compromised_dropsTheOldKeyAtOnce() {
        String old = replica.activeKid();
        String next = replica.nextKid();

        replica.keys.rotate(OWNER, RotationMode.COMPROMISED);

        assertThat(replica.states()).containsExactly("active " + next, "next " + replica.nextKid());
        assertThat(replica.publishedKids()).containsExactly(next, replica.nextKid());
        assertThat(replica.keys.signer(LIFETIME).kid()).isEqualTo(next);
        assertThat(replica.store().signingKeys().privateKeys()).doesNotContainKey(old);
        assertThat(audited(2))
                .containsExactlyInAnyOrder("signing-key.drop", "signing-key.rotate", "signing-key.create");
    }

    @Test
    void rotate_nextMadeAMomentAgo_signsWhenEveryReplicaPublishesIt() {
        replica.keys.rotate(OWNER, RotationMode.NOW);
        String before = replica.keys.signer(LIFETIME).kid();
        clock.advance(Duration.ofSeconds(1));

        replica.keys.rotate(OWNER, RotationMode.NOW);
        assertThat(replica.keys.signer(LIFETIME).kid()).isEqualTo(before);

        clock.advance(SigningKeyRules.PROPAGATION_DELAY.minusSeconds(2));
        replica.keys.tick();
        assertThat(replica.keys.signer(LIFETIME).kid()).isEqualTo(before);

        clock.advance(Duration.ofSeconds(1));
        replica.keys.tick();
        assertThat(replica.keys.signer(LIFETIME).kid())
                .isEqualTo(replica.activeKid())
                .isNotEqualTo(before);
    }

    @Test
    void retiredKey_isPublishedUntilItsLastTokenHasExpired_andThenDropped() {
        String old = replica.activeKid();
        replica.keys.rotate(OWNER, RotationMode.NOW);

        clock.advance(KEPT.minusSeconds(1));
        replica.keys.tick();
        assertThat(replica.publishedKids()).contains(old);

        clock.advance(Duration.ofSeconds(1));
        assertThat(replica.states()).doesNotContain("retired " + old);
        replica.keys.tick();
        assertThat(replica.publishedKids()).hasSize(2).doesNotContain(old);
        assertThat(replica.store().signingKeys().privateKeys()).hasSize(2).doesNotContainKey(old);
        assertThat(audited(5)).containsExactly("signing-key.drop");
    }

    @Test
    void start_dropsWhatIsDue() {
        String old = replica.activeKid();
        replica.keys.rotate(OWNER, RotationMode.NOW);
        clock.advance(KEPT);

        try (Replica restarted = Replica.start(folder.resolve("test.db"), clock)) {
            assertThat(restarted.publishedKids()).hasSize(2).doesNotContain(old);
            assertThat(restarted.store().signingKeys().all()).hasSize(2);
        }
    }

    @Test
    void restart_inEveryState_changesNothing() {
        for (Duration wait : List.of(Duration.ZERO, JWKS_MAX_AGE, JWKS_MAX_AGE)) {
            clock.advance(wait);
            if (!wait.isZero()) {
                replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
            }
            try (Replica restarted = Replica.start(folder.resolve("test.db"), clock)) {
                assertThat(restarted.states()).isEqualTo(replica.states());
                assertThat(restarted.publishedKids()).isEqualTo(replica.publishedKids());
                assertThat(restarted.keys.signer(LIFETIME).kid())
                        .isEqualTo(replica.keys.signer(LIFETIME).kid());
            }
        }
        assertThat(replica.states()).hasSize(4);
    }

    @Test
    void aClockThatWasAheadAndIsRight_stillSignsWithTheActiveKey() {
        clock.advance(Duration.ofDays(400));
        replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
        clock.advance(Duration.ofDays(-400));

        replica.keys.tick();
        assertThat(replica.keys.signer(LIFETIME).kid()).isEqualTo(replica.activeKid());
        conflict(() -> replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN));
        replica.keys.rotate(OWNER, RotationMode.NOW);
        assertThat(replica.keys.signer(LIFETIME).kid()).isEqualTo(replica.activeKid());
    }

    @Test
    void everything_isForOwnersAlone() {
        Actor admin = new Actor(Actor.Kind.USER, "ann", Role.ADMIN, "test");
        Path file = folder.resolve("none.pem");

        forbidden(() -> replica.keys.list(admin));
        forbidden(() -> replica.keys.rotate(admin, RotationMode.NOW));
        forbidden(() -> replica.keys.importKey(admin, file));
        forbidden(() -> replica.keys.changeMasterKey(admin, new PrivateKeySeal.Plain()));
    }

    private List<String> audited(int before) {
        List<AuditPage.Entry> newestFirst = replica.store()
                .audit()
                .page(new AuditQuery(100, null, AuditQuery.Filter.NONE))
                .entries();
        List<String> actions = newestFirst.stream()
                .map(AuditPage.Entry::event)
                .map(AuditEvent::action)
                .toList();
        return actions.subList(0, actions.size() - before);
    }

    private static ServiceException conflict(ThrowingCallable call) {
        return failure(ErrorKind.CONFLICT, call);
    }

    private static void forbidden(ThrowingCallable call) {
        failure(ErrorKind.FORBIDDEN, call);
    }

    private static ServiceException failure(ErrorKind kind, ThrowingCallable call) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return failure;
    }
}
