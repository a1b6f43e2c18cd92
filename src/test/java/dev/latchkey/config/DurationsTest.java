package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        "0s,PT0S",
        "30s,PT30S",
        "60m,PT1H",
        "2h,PT2H",
        "90d,P90D",
        "PT1H,PT1H",
        "P1D,P1D",
        "PT0.5S,PT0.5S"
    })
    void parse_shortAndIso_isTheDuration(String text, String iso) {
        assertThat(Durations.parse("--grace", text)).isEqualTo(Duration.parse(iso));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "60",
                "1.5h",
                "-1h",
                "+1h",
                "PT-1H",
                "-PT1H",
                "h",
                "1H ",
                "1w",
                "1h30m",
                "9999999999s",
                "٣s"
            })
    void parse_anythingElse_namesTheFieldAndTheForms(String text) {
        assertThatThrownBy(() -> Durations.parse("--grace", text))
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith("--grace must be a duration")
                .hasMessageContaining("30s, 60m, 2h, 90d")
                .hasMessageContaining("PT1H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P9223372036854775807D", "PT9999999999999H"})
    void since_isoBeyondWhatADurationOrAMomentHolds_isRefusedNotOverflowed(String text) {
        assertThatThrownBy(() -> Durations.since("--since", text, Instant.EPOCH))
                .isInstanceOf(ServiceException.class);
    }
}
