package dev.latchkey.accesskey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Instant NOW = Instant.parse("2026-07-04T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    private final AccessKeySecret fresh = AccessKeySecret.generate(new SecureRandom());

    @Test
    void rotate_theOldSecretWorksUntilTheGraceIsOver_andNotAtThatMoment() {
        List<StoredSecret> after = rotate(DAY, secret("old", null));

        assertThat(after).hasSize(2);
        assertThat(after.get(0).hash().matches(SecretHash.of("old"))).isTrue();
        assertThat(after.get(0).isLive(NOW.plus(DAY).minusSeconds(1))).isTrue();
        assertThat(after.get(0).isLive(NOW.plus(DAY))).isFalse();
        assertThat(after.get(1).hash().matches(fresh.hash())).isTrue();
        assertThat(after.get(1).expiresAt()).isNull();
        assertThat(after.get(1).createdAt()).isEqualTo(NOW);
        assertThat(after.get(1).lastUsedAt()).isNull();
    }

    @Test
    void rotate_keepsWhatIsKnownOfTheOldSecret() {
        StoredSecret old =
                new StoredSecret(SecretHash.of("old"), "dold", NOW.minusSeconds(9), null, NOW.minusSeconds(3));

        StoredSecret kept = rotate(DAY, old).get(0);

        assertThat(kept.hint()).isEqualTo("dold");
        assertThat(kept.createdAt()).isEqualTo(NOW.minusSeconds(9));
        assertThat(kept.lastUsedAt()).isEqualTo(NOW.minusSeconds(3));
    }

    @Test
    void rotate_graceZero_endsTheOldSecretNow() {
        assertThat(rotate(Duration.ZERO, secret("old", null))).singleElement().satisfies(this::isFresh);
    }

    @Test
    void rotate_graceOfOneSecond_isOver_oneSecondLater() {
        StoredSecret old = rotate(Duration.ofSeconds(1), secret("old", null)).get(0);

        assertThat(old.isLive(NOW)).isTrue();
        assertThat(old.isLive(NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void rotate_again_endsTheOldestAtOnce() {
        List<StoredSecret> after = rotate(DAY, secret("oldest", NOW.plus(DAY)), secret("old", null));

        assertThat(after).hasSize(2);
        assertThat(after).noneMatch(secret -> secret.hash().matches(SecretHash.of("oldest")));
        assertThat(after.get(0).hash().matches(SecretHash.of("old"))).isTrue();
    }

    @Test
    void rotate_neverGivesASecretMoreTimeThanItHad() {
        Instant soon = NOW.plusSeconds(60);

        assertThat(rotate(DAY, secret("old", soon)).get(0).expiresAt()).isEqualTo(soon);
        assertThat(rotate(Duration.ofSeconds(59), secret("old", soon)).get(0).expiresAt())
                .isEqualTo(NOW.plusSeconds(59));
    }

    @Test
    void rotate_aSecretThatEndsNow_isGone() {
        assertThat(rotate(DAY, secret("old", NOW))).singleElement().satisfies(this::isFresh);
        assertThat(rotate(DAY, secret("old", NOW.plusSeconds(1)))).hasSize(2);
    }

    @Test
    void rotate_theNewestThatLives_isKept() {
        List<StoredSecret> after = rotate(DAY, secret("live", null), secret("newer but over", NOW.minusSeconds(1)));

        assertThat(after).hasSize(2);
        assertThat(after.get(0).hash().matches(SecretHash.of("live"))).isTrue();
    }

    @Test
    void rotate_keyWithoutSecret_getsOne() {
        assertThat(rotate(DAY)).singleElement().satisfies(this::isFresh);
    }

    private List<StoredSecret> rotate(Duration grace, StoredSecret... secrets) {
        return StoredSecret.rotate(List.of(secrets), fresh, NOW, grace);
    }

    private void isFresh(StoredSecret secret) {
        assertThat(secret.hash().matches(fresh.hash())).isTrue();
        assertThat(secret.hint()).isEqualTo(fresh.hint());
    }

    private static StoredSecret secret(String text, @Nullable Instant expiresAt) {
        return new StoredSecret(SecretHash.of(text), "hint", NOW.minusSeconds(100), expiresAt, null);
    }
}
