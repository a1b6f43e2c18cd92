package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ServiceException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What container platforms put into the environment, and what is made of it. */
class VariablesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LATCHKEY_SERVICE_HOST",
                "LATCHKEY_SERVICE_PORT",
                "LATCHKEY_SERVICE_PORT_HTTP",
                "LATCHKEY_PORT",
                "LATCHKEY_PORT_8080_TCP",
                "LATCHKEY_PORT_8080_TCP_ADDR",
                "LATCHKEY_PORT_8080_TCP_PORT",
                "LATCHKEY_PORT_8080_TCP_PROTO",
                "LATCHKEY_DB_SERVICE_HOST",
                "LATCHKEY_DB_PORT_5432_TCP"
            })
    void servicesOfKubernetes_areNotTakenForMisspeltVariables(String name) {
        assertThat(Variables.isInjected(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://10.0.0.7:8080", "udp://10.0.0.7:53", "tcp://[fd00::1]:8080"})
    void portThatKubernetesInjects_countsAsUnset(String value) {
        Map<String, String> env = Map.of("LATCHKEY_PORT", value);

        assertThat(ServeSettings.read(Map.of(), env).port()).isEqualTo(8080);
        assertThat(Variables.ignoredPorts(env)).containsExactly("LATCHKEY_PORT");
        assertThat(LocalServiceUrl.of(env)).endsWith(":8080");
    }

    @Test
    void anyOtherPort_thatIsNone_isAnError() {
        assertThatThrownBy(() -> ServeSettings.read(Map.of(), Map.of("LATCHKEY_PORT", "http://10.0.0.7:8080")))
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith("LATCHKEY_PORT must be a number");
        assertThat(Variables.ignoredPorts(Map.of("LATCHKEY_DB", "tcp://10.0.0.7:8080")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "TRUE, false", "True, false", "1, false", "false, true", "FALSE, true", "0, true"})
    void booleans_areTakenInAnyCase(String value, boolean dashboard) {
        assertThat(ServeSettings.read(Map.of(), Map.of("LATCHKEY_NO_DASHBOARD", value))
                        .dashboard())
                .isEqualTo(dashboard);
    }

    @Test
    void anyOtherBoolean_namesItsVariable() {
        assertThatThrownBy(() -> ServeSettings.read(Map.of(), Map.of("LATCHKEY_NO_DASHBOARD", "yes")))
                .hasMessageContaining("LATCHKEY_NO_DASHBOARD must be true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"value\n", "value\r\n"})
    void oneLineEnd_isLeftOut(String value) {
        assertThat(Variables.withoutLineEnds(Map.of("A", value, "B", "value\n\n", "C", " value ", "D", "\n")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "value", "B", "value\n", "C", " value ", "D", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', http://127.0.0.1:8080",
        "0.0.0.0, 9000, '', http://127.0.0.1:9000",
        "0, 9000, '', http://127.0.0.1:9000",
        "'::', 9000, cert.pem, https://[::1]:9000",
        "'[::]', 9000, cert.pem, https://[::1]:9000",
        "0:0:0:0:0:0:0:0, 9000, '', http://[::1]:9000",
        "'::1', 9000, '', http://[::1]:9000",
        "localhost, 0, '', http://localhost:8080",
        "10.0.0.5, 8443, cert.pem, https://10.0.0.5:8443",
        "id.internal, 8443, '', http://id.internal:8443"
    })
    void localUrl_isWhereTheSameEnvironmentServes(String host, String port, String certificate, String url) {
        Map<String, String> env =
                Map.of("LATCHKEY_HOST", host, "LATCHKEY_PORT", port, "LATCHKEY_TLS_CERT", certificate);

        assertThat(LocalServiceUrl.of(env).replace("//localhost:8080", "//127.0.0.1:8080"))
                .isEqualTo(url.replace("//localhost:8080", "//127.0.0.1:8080"));
    }
}
