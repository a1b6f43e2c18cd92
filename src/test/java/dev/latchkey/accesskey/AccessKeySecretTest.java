package dev.latchkey.accesskey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessKeySecretTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void generate_hasTheDocumentedForm() {
        assertThat(AccessKeySecret.generate(random).reveal()).matches("acs_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}");
        assertThat(AccessKeyIds.generate(random)).matches("ack_[a-z2-7]{26}");
    }

    @Test
    void generate_aThousandTimes_isDifferentEachTime() {
        Set<String> secrets = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            secrets.add(AccessKeySecret.generate(random).reveal());
            ids.add(AccessKeyIds.generate(random));
        }

        assertThat(secrets).hasSize(1000);
        assertThat(ids).hasSize(1000);
    }

    /** Computed with another implementation: zlib's crc32 of the first 47 characters, in base62 with digits first. */
    @Test
    void isWellFormed_knownSecret() {
        assertThat(AccessKeySecret.isWellFormed("acs_" + "A".repeat(43) + "KNOWN!"))
                .isFalse();
        assertThat(AccessKeySecret.isWellFormed("acs_" + "A".repeat(43) + "1pxPXX"))
                .isTrue();
    }

    @Test
    void isWellFormed_oneCharacterChanged_isFalse() {
        String secret = AccessKeySecret.generate(random).reveal();

        assertThat(AccessKeySecret.isWellFormed(secret)).isTrue();
        assertThat(IntStream.range(0, secret.length()).mapToObj(i -> changed(secret, i)))
                .noneMatch(AccessKeySecret::isWellFormed);
    }

    @Test
    void hint_isTheEndOfTheRandomPart_orOfAGivenSecret() {
        String secret = AccessKeySecret.generate(random).reveal();

        assertThat(AccessKeySecret.given(secret).hint()).isEqualTo(secret.substring(43, 47));
        assertThat(AccessKeySecret.given("a given secret of any length").hint()).isEqualTo("ngth");
    }

    @Test
    void toString_showsNothing() {
        AccessKeySecret secret = AccessKeySecret.generate(random);

        assertThat(secret.toString() + secret.hash() + new ClientCredentials("id", secret.reveal()))
                .doesNotContain(secret.reveal())
                .doesNotContain(secret.hash().encoded());
    }

    private static String changed(String secret, int position) {
        char other = secret.charAt(position) == 'x' ? 'y' : 'x';
        return secret.substring(0, position) + other + secret.substring(position + 1);
    }
}
