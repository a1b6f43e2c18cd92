package dev.latchkey.signingkey;

import static dev.latchkey.signingkey.Replica.LIFETIME;
import static dev.latchkey.signingkey.Replica.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A retired key is published as long as the last token that it signed lives, whichever process signed that, and no longer. */
class RetiredKeyTest {
    private static final Duration DAY = Duration.ofHours(24);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void aLongerToken_keepsItsKeyLonger() {
        try (Replica replica = start(LIFETIME)) {
            replica.keys.signer(DAY);

            assertThat(kept(replica)).isEqualTo(DAY.plus(SigningKeyRules.CLOCK_SKEW));
            assertThat(kept(replica)).as("the key after it").isEqualTo(LIFETIME.plus(SigningKeyRules.CLOCK_SKEW));
        }
    }

    @Test
    void aLongerToken_signedByAnotherProcess_isHeardOfAfterTheRotation() {
        try (Replica signing = start(LIFETIME);
                Replica rotating = start(LIFETIME)) {
            signing.keys.signer(DAY);
            assertThat(kept(rotating)).isEqualTo(LIFETIME.plus(SigningKeyRules.CLOCK_SKEW));

            signing.keys.tick();
            assertThat(retired(rotating).publishedUntil())
                    .isEqualTo(clock.instant().plus(DAY).plus(SigningKeyRules.CLOCK_SKEW));
        }
    }

    @Test
    void anotherDefault_countsForTheKeysThatSignWithIt() {
        Replica longer = start(DAY);
        longer.close();
        try (Replica shorter = start(LIFETIME)) {
            assertThat(kept(shorter)).isEqualTo(DAY.plus(SigningKeyRules.CLOCK_SKEW));
            assertThat(kept(shorter))
                    .as("next, published by the longer")
                    .isEqualTo(DAY.plus(SigningKeyRules.CLOCK_SKEW));
            assertThat(kept(shorter)).as("made since").isEqualTo(LIFETIME.plus(SigningKeyRules.CLOCK_SKEW));
        }
    }

    @Test
    void tokens_thatLiveNoLongerThanOthersBefore_areNotWrittenDown() throws IOException {
        try (Replica replica = start(LIFETIME)) {
            replica.keys.tick();
            byte[] before = Files.readAllBytes(folder.resolve("test.db-wal"));
            replica.keys.signer(LIFETIME);
            replica.keys.signer(Duration.ofMinutes(1));
            replica.keys.tick();

            assertThat(Files.readAllBytes(folder.resolve("test.db-wal"))).isEqualTo(before);
        }
    }

    /** Rotates once all keys are known; answers how long the retired key stays. */
    private Duration kept(Replica replica) {
        clock.advance(SigningKeyRules.JWKS_MAX_AGE.plusSeconds(1));
        replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
        SigningKey retired = retired(replica);
        return Duration.between(clock.instant(), retired.publishedUntil());
    }

    /** The one that was retired last. */
    private static SigningKey retired(Replica replica) {
        return SigningKeyRules.in(replica.keys.list(OWNER), SigningKey.State.RETIRED)
                .orElseThrow();
    }

    private Replica start(Duration defaultLifetime) {
        return Replica.start(folder.resolve("test.db"), clock, defaultLifetime);
    }
}
