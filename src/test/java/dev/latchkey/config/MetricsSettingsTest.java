package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsSettingsTest {
    @Test
    void metrics_areOnTheMainPort_orOnOneOfTheirOwn_orNowhere() {
        Map<String, String> injected = Map.of("LATCHKEY_METRICS_PORT", "tcp://10.0.0.7:9090");

        assertThat(ServeSettings.read(Map.of(), injected).metrics()).isNull();
        assertThat(ServeSettings.read(Map.of(ServeFlag.METRICS, "true"), injected)
                        .metrics())
                .isEqualTo(new ServeSettings.Metrics(null));
        assertThat(ServeSettings.read(Map.of(ServeFlag.METRICS_PORT, "0"), Map.of("LATCHKEY_PORT", "0"))
                        .metrics())
                .isEqualTo(new ServeSettings.Metrics(0));
        refused(Map.of(), Map.of("LATCHKEY_METRICS", "on"), "LATCHKEY_METRICS must be true or false");
        refused(Map.of(ServeFlag.METRICS_PORT, "nine"), Map.of(), "--metrics-port must be a number, 0 to 65535");
        refused(Map.of(), Map.of("LATCHKEY_METRICS_PORT", "65536"), "LATCHKEY_METRICS_PORT must be 0 to 65535");
        refused(
                Map.of(ServeFlag.METRICS_PORT, "9000", ServeFlag.PORT, "9000"),
                Map.of(),
                "--metrics-port must be another port than --port");
    }

    private static void refused(Map<ServeFlag, String> flags, Map<String, String> env, String message) {
        assertThatThrownBy(() -> ServeSettings.read(flags, env)).hasMessageContaining(message);
    }
}
