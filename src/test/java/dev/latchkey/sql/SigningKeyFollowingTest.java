package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.PrivateKeySeal;
import dev.latchkey.signingkey.RotationMode;
import dev.latchkey.signingkey.SigningKeySettings;
import dev.latchkey.signingkey.SigningKeys;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two processes sign from one store. */
class SigningKeyFollowingTest extends StoreContract {
    private static final Actor OWNER = Actor.operator("test");
    private static final Duration DAY = Duration.ofDays(1);

    private final MutableClock clock = new MutableClock(Samples.NOW);

    @Test
    void rotation_dropping_andSchedule_areFollowed() {
        SigningKeys one = start(null);
        SigningKeys other = start(Duration.ofDays(90));
        String first = other.signer(DAY).kid();
        assertThat(other.published()).isEqualTo(one.published()).hasSize(2);

        one.rotate(OWNER, RotationMode.NOW);
        other.tick();
        assertThat(other.signer(DAY).kid()).isEqualTo(one.signer(DAY).kid()).isNotEqualTo(first);
        assertThat(other.published()).isEqualTo(one.published()).hasSize(3);

        clock.advance(DAY.plus(Duration.ofMinutes(5)));
        other.tick();
        one.tick();
        assertThat(one.published()).isEqualTo(other.published()).hasSize(2);
        assertThat(store.signingKeys().all()).hasSize(2);

        clock.advance(Duration.ofDays(90));
        String second = one.signer(DAY).kid();
        other.tick();
        one.tick();
        assertThat(one.signer(DAY).kid()).isEqualTo(other.signer(DAY).kid()).isNotEqualTo(second);
        assertThat(store.signingKeys().all()).hasSize(3);
    }

    private SigningKeys start(@Nullable Duration rotateEvery) {
        SigningKeys keys = new SigningKeys(
                open().signingKeys(),
                new ProviderKeyPairs(CorrettoProvider.load()),
                new PrivateKeySeal.Plain(),
                new SigningKeySettings(null, 2048, DAY, rotateEvery),
                clock);
        keys.start(null);
        keys.awaitNext();
        return keys;
    }
}
