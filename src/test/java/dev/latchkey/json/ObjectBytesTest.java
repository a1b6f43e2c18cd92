package dev.latchkey.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.harness.RandomText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectBytesTest {
    static Stream<String> texts() {
        return RandomText.of("az09 \"\\/\b\t\n\f\r\u0000\u001f\u007f\u0080éß\u2028漢😀", 40, 500);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyText_isReadBack(String text) throws JsonSyntaxException {
        byte[] written = new ObjectBytes(1)
                .field("a", text)
                .field("n", text.length())
                .field("list", List.of(text, "b", text))
                .field("x" + text, "c")
                .end();

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", text);
        expected.put("n", (long) text.length());
        expected.put("list", List.of(text, "b", text));
        expected.put("x" + text, "c");
        assertThat(JsonReader.object(written)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 3600, Long.MIN_VALUE, Long.MAX_VALUE})
    void everyNumber_isWrittenWhole(long number) {
        assertThat(new ObjectBytes(8).field("n", number).end()).isEqualTo(JsonBinding.bytes(Map.of("n", number)));
    }

    @Test
    void whatIsExpected_isNoLimit() {
        for (int length = 0; length < 40; length++) {
            String text = "x".repeat(length);
            for (int expected = 1; expected < 60; expected++) {
                byte[] written = new ObjectBytes(expected).field("a", text).end();
                assertThat(new String(written, UTF_8)).isEqualTo("{\"a\":\"" + text + "\"}");
            }
        }
    }

    @Test
    void plainField_isCopiedAsItStands_whateverWasExpected() {
        for (int expected = 1; expected < 30; expected++) {
            byte[] written = new ObjectBytes(expected)
                    .plainField("a", "x.y-z_".getBytes(UTF_8))
                    .field("n", 7)
                    .end();
            assertThat(new String(written, UTF_8)).isEqualTo("{\"a\":\"x.y-z_\",\"n\":7}");
        }
    }

    @Test
    void fieldsOf_copiesTheMembersOfAnObject() {
        byte[] first = new ObjectBytes(1).fieldsOf("{\"a\":\"é\"}").end();
        byte[] later = new ObjectBytes(1)
                .field("x", 0)
                .fieldsOf("{\"a\":1}")
                .fieldsOf("{}")
                .end();
        byte[] none = new ObjectBytes(1).fieldsOf("{}").field("list", List.of()).end();

        assertThat(new String(first, UTF_8)).isEqualTo("{\"a\":\"é\"}");
        assertThat(new String(later, UTF_8)).isEqualTo("{\"x\":0,\"a\":1}");
        assertThat(new String(none, UTF_8)).isEqualTo("{\"list\":[]}");
    }

    @Test
    void booleansAndObjects_areWrittenInTheirOrder() {
        byte[] inner = new ObjectBytes(8).field("a", true).end();
        String text = new ObjectBytes(1)
                .field("no", false)
                .objects("none", List.of())
                .objects("two", List.of(inner, inner))
                .endText();

        assertThat(text).isEqualTo("{\"no\":false,\"none\":[],\"two\":[{\"a\":true},{\"a\":true}]}");
    }

    @Test
    void halfACharacter_isADefect() {
        assertThatThrownBy(() -> new ObjectBytes(1).field("a", "\ud83d")).isInstanceOf(IllegalArgumentException.class);
    }
}
