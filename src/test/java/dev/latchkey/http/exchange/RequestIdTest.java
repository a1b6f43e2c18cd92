package dev.latchkey.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
    /** Generated, and of no key. */
    private static final String SECRET = "acs_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG3lPqIv";

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "a.b.c-d_", "acs_1234", "f47ac10b-58cc-4372-a567-0e02b2c3d479"})
    void choose_anAcceptableId_isKept(String given) {
        assertThat(RequestId.choose(given)).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "with space", "tab\there", "ümlaute-"})
    void choose_anyOtherId_isReplaced(String given) {
        assertThat(RequestId.choose(given)).isNotEqualTo(given).matches("[0-9a-f]{32}");
    }

    @Test
    void choose_aSecretInItsPlace_isReplaced() {
        assertThat(RequestId.choose(SECRET)).isNotEqualTo(SECRET).matches("[0-9a-f]{32}");
    }

    @Test
    void choose_whatOnlyLooksLikeASecret_isKept() {
        String mistyped = SECRET.substring(0, SECRET.length() - 1) + "0";

        assertThat(RequestId.choose(mistyped)).isEqualTo(mistyped);
    }
}
