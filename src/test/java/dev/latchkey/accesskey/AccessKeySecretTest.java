package dev.latchkey.accesskey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientProof;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "xcs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1pxPXX,does not begin with acs_",
        "acs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1pxPX,is cut off: it has 52 characters instead of 53",
        "acs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1pxPXXX,is too long: it has 54 characters instead of 53",
        "acs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1pxPXY,is mistyped: its checksum does not match",
        "acs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1p PXX,has a character at place 50 that",
        "acs_,is cut off: it has 4 characters instead of 53"
    })
    void flaw_saysWhatIsWrong_withoutTheSecret(String text, String flaw) {
        assertThat(AccessKeySecret.flaw(text).orElseThrow()).contains(flaw).doesNotContain("AAA");
        assertThat(AccessKeySecret.isWellFormed(text)).isFalse();
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

        assertThat(secret.toString() + secret.hash() + new ClientProof.Credentials("id", secret.reveal()))
                .doesNotContain(secret.reveal())
                .doesNotContain(secret.hash().encoded());
    }

    private static String changed(String secret, int position) {
        char other = secret.charAt(position) == 'x' ? 'y' : 'x';
        return secret.substring(0, position) + other + secret.substring(position + 1);
    }
}
