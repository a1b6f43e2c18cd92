package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableWarningsTest {
    @ParameterizedTest
    @CsvSource({
        "LATCHKEY_PROT, LATCHKEY_PORT",
        "LATCHKEY_TOKEN_LIFTIME, LATCHKEY_TOKEN_LIFETIME",
        "LATCHKEY_LIFETIME, LATCHKEY_TOKEN_LIFETIME",
        "LATCHKEY_CERT, LATCHKEY_TLS_CERT",
        "LATCHKEY_TLS-KEY, LATCHKEY_TLS_KEY",
        "latchkey_db, LATCHKEY_DB",
        "LATCHKEY_SECRET, LATCHKEY_KEY_SECRET",
        "LATCHKEY_PASSWORD, LATCHKEY_OWNER_PASSWORD"
    })
    void misspelt_namesTheOneThatWasMeant(String wrong, String right) {
        assertThat(VariableWarnings.of(Map.of(wrong, "x"), false))
                .containsExactly(wrong + " has no effect; did you mean " + right + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LATCHKEY_PORT",
                "LATCHKEY_JAVA_OPTS",
                "LATCHKEY_KEY_ID",
                "LATCHKEY_SERVICE_PORT",
                "LATCHKEY_IMAGE",
                "PORT",
                "LATCHKEY_",
                "LATCHKEY"
            })
    void knownInjectedAndUnrelated_areNoMatter(String name) {
        assertThat(VariableWarnings.of(Map.of(name, "x"), true)).isEmpty();
    }

    @Test
    void ignoredPort_isSaidWhereAPortIsRead() {
        Map<String, String> env = Map.of("LATCHKEY_PORT", "tcp://10.0.0.7:8080", "LATCHKEY_SERVICE_HOST", "10.0.0.7");

        assertThat(VariableWarnings.of(env, true)).singleElement().asString().startsWith("LATCHKEY_PORT is ignored: ");
        assertThat(VariableWarnings.of(env, false)).isEmpty();
    }
}
