package dev.latchkey.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers can get into the log. */
class LogTextTest {
    @Test
    void quoted_isOneLine_ofABoundedLength() {
        assertThat(LogText.quoted("fx")).isEqualTo("\"fx\"");
        assertThat(LogText.quoted("a\r\nb\u0000\u202E\u2028\u200Bc\u001B[2J")).isEqualTo("\"a??b????c?[2J\"");
        assertThat(LogText.quoted("é ✓")).isEqualTo("\"é ✓\"");
        assertThat(LogText.quoted("x".repeat(1_000_000))).isEqualTo("\"" + "x".repeat(100) + "…\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acs_K7hXq0Jw3nZ5T8bLd2Vf6Rm1Yc4Pg9Sa_ExUiOtBvNA0a1b2",
                "fx acs_K7hXq0Jw3nZ5T8bLd2",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA",
                "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA",
                "K7hXq0Jw3nZ5T8bLd2Vf6Rm1Yc4Pg9Sa",
                "9f86d081884c7d659a2feaa0c55ad015"
            })
    void quoted_whatCouldBeASecret_isNotShown(String text) {
        assertThat(LogText.quoted(text))
                .isEqualTo("(" + text.length() + " characters that could be a secret, not shown)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.googleapis.com/auth/drive.readonly",
                "urn:example:very-long-name-of-a-scope:read",
                "550e8400-e29b-41d4-a716-446655440000",
                "ack_aaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void quoted_names_areShown(String text) {
        assertThat(LogText.quoted(text)).isEqualTo('"' + text + '"');
    }

    @Test
    void quoted_ofMany_isBounded() {
        assertThat(LogText.quoted(List.of())).isEqualTo("none");
        assertThat(LogText.quoted(List.of("a", "b"))).isEqualTo("\"a\", \"b\"");
        assertThat(LogText.quoted(Collections.nCopies(5_000, "x".repeat(200))))
                .hasSizeLessThan(600)
                .endsWith(" and 4996 more");
    }
}
