package dev.latchkey.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | PROMETHEUS",
                "text/html,application/xhtml+xml,*/*;q=0.8 | PROMETHEUS",
                "text/plain | PROMETHEUS",
                "application/openmetrics-text | OPENMETRICS",
                "application/openmetrics-text; version=1.0.0; charset=utf-8 | OPENMETRICS",
                "APPLICATION/OpenMetrics-Text;Version=1.0.0 | OPENMETRICS",
                "application/openmetrics-text;q=0 | PROMETHEUS",
                "application/openmetrics-text;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | OPENMETRICS",
                "application/openmetrics-text;version=1.0.0;q=0.2 , text/plain;q=0.5 | PROMETHEUS",
                "text/plain, application/openmetrics-text | OPENMETRICS",
                "application/openmetrics-text;q=much | PROMETHEUS",
                "application/openmetrics-text2 | PROMETHEUS",
                ",;,;q= | PROMETHEUS",
            })
    void preferred_isOpenMetrics_whereItIsNamed_andNothingIsPreferredToIt(String accept, TextFormat preferred) {
        assertThat(TextFormat.preferred(List.of(accept))).isEqualTo(preferred);
    }
}
