package dev.latchkey.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

    private static JsonLines lines(String text) {
        return JsonLines.of(text.getBytes(StandardCharsets.UTF_8));
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
        assertThat(lines(TEXT).of(path)).hasValue(line);
    }

    @Test
    void pathOutsideOfTheText_hasNoLine() {
        assertThat(lines(TEXT).of("scopes")).isEmpty();
        assertThat(lines(TEXT).of("")).isEmpty();
        assertThat(lines("[1]").of("[0]")).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"''", "{", "[1", "nul"})
    void brokenText_isReadAsFarAsItGoes(String text) {
        assertThat(lines(text).of("keys")).isEmpty();
    }
}
