package dev.latchkey.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[true,null,\"é😀\",-0.5,1e3],\"o\":{}}",
                "[]",
                "\"\\u0007\"",
                "12345678901234567890",
                "false"
            })
    void parse_thenWrite_isTheSameValueAgain(String text) throws JsonSyntaxException {
        Object value = Json.parse(utf8(text));

        assertThat(Json.parse(utf8(Json.write(value)))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"\\ud83d\"]", "[\"\\udd11\"]", "{\"\\ud83d\":1}", "[\"\\udd11\\ud83d\"]"})
    void parse_halfOfASurrogatePair_isRefused(String json) {
        assertThatThrownBy(() -> Json.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void parse_keepsTheOrderOfFields() throws JsonSyntaxException {
        assertThat(Json.parseObject("{\"z\":1,\"a\":2,\"m\":3}").keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void parse_integers_areLongsWhileTheyFit() throws JsonSyntaxException {
        assertThat(Json.parse(utf8("9223372036854775807"))).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.parse(utf8("9223372036854775808"))).isEqualTo(new BigInteger("9223372036854775808"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "[1,]",
                "{'a':1}",
                "nul",
                "NaN",
                "1e999999999",
                "1e99999999999",
                "-1e-99999999999",
                "01",
                "\u0000",
                "{\"a\":\"line\nbreak\"}"
            })
    void parse_whatIsNoJson_isRefused(String text) {
        assertThatThrownBy(() -> Json.parse(utf8(text))).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void parse_nestedTooDeep_isRefused() {
        String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);

        assertThatThrownBy(() -> Json.parse(utf8(deep)))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void parse_whatIsNotUtf8_isRefused() {
        byte[] latin1 = "\"é\"".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Json.parse(latin1)).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void parse_badText_isNotQuotedInTheMessage() {
        assertThatThrownBy(() -> Json.parse(utf8("{\"secret\": hunter2}")))
                .isInstanceOf(JsonSyntaxException.class)
                .message()
                .doesNotContain("hunter2");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
