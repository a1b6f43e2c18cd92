package dev.latchkey.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
    private static final String TEXT = """
            {"keys": [
              {"name": "a",
               "claims": {"x":
                 1}},
              {
                "name": "b", "scopes": ["s",
                "t"]
              }
            ]}
            """;

    private static OptionalInt line(String text, String path) {
        return JsonLines.find(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), List.of("keys[1].name", path))
                .of(path);
    }

    @ParameterizedTest
    @CsvSource({
        "keys,1",
        "keys[0],2",
        "keys[0].name,2",
        "keys[0].claims,3",
        "keys[0].claims.x,3",
        "keys[1],5",
        "keys[1].scopes,6",
        "keys[1].scopes[1],6",
        "keys[1].missing,5",
        "keys[9].name,1"
    })
    void line_isWhereThePathStands_orWhatItLiesIn(String path, int line) {
        assertThat(line(TEXT, path)).hasValue(line);
    }

    @Test
    void pathOutsideOfTheText_hasNoLine() {
        assertThat(line(TEXT, "scopes")).isEmpty();
        assertThat(line(TEXT, "")).isEmpty();
        assertThat(line("[1]", "[0]")).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"''", "{", "[1", "nul"})
    void brokenText_isReadAsFarAsItGoes(String text) {
        assertThat(line(text, "keys")).isEmpty();
    }
}
