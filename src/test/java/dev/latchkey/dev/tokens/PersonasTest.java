package dev.latchkey.dev.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.accesskey.importing.ImportVariables;
import dev.latchkey.error.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonasTest {
    private static final ImportSource SEED = ImportSource.of(
            "{\"personas\":[{\"sub\":\"alice\",\"claims\":{\"role\":\"${ROLE}\"}}]}".getBytes(StandardCharsets.UTF_8));

    @Test
    void read_aVariable_isItsValue() {
        Personas personas = new Personas();

        personas.read(SEED, ImportVariables.of(Map.of("ROLE", "admin")));

        assertThat(personas.find("alice").orElseThrow().json()).isEqualTo("{\"role\":\"admin\"}");
    }

    @Test
    void read_anUnsetVariable_isNamedWithItsRow() {
        ServiceException failure =
                catchThrowableOfType(ServiceException.class, () -> new Personas().read(SEED, ImportVariables.NONE));

        assertThat(failure).hasMessage("personas[0].claims names ${ROLE}, which is not set in the environment");
    }
}
