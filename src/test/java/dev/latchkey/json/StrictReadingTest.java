package dev.latchkey.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both readers take the same documents, and refuse the same. */
class StrictReadingTest {
    private enum Reader {
        VALUES {
            @Override
            Object read(byte[] utf8) throws JsonSyntaxException {
                return JsonReader.object(utf8);
            }
        },
        TREE {
            @Override
            Object read(byte[] utf8) throws JsonSyntaxException {
                return JsonBinding.readObject(utf8);
            }
        },
        LIMITED_TREE {
            @Override
            Object read(byte[] utf8) throws JsonSyntaxException {
                return JsonBinding.read(utf8, JsonLimits.OBJECT);
            }
        };

        abstract Object read(byte[] utf8) throws JsonSyntaxException;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[true,null,\"é😀\",-0.5,1E+3],\"o\":{}}",
                "{\"z\":1,\"a\":2,\"m\":{\"y\":[],\"x\":[{}]}}",
                "{\"\\u0007\":\"\\u0007\"}",
                "{\"n\":12345678901234567890,\"m\":-9223372036854775808}",
                "{\"d\":1.10,\"e\":0.0}",
                "{}"
            })
    void whatIsRead_isWrittenAgainAsItStood(String text) throws JsonSyntaxException {
        for (Reader reader : Reader.values()) {
            assertThat(JsonBinding.text(reader.read(utf8(text))))
                    .as("%s", reader)
                    .isEqualTo(text);
        }
    }

    static Stream<Arguments> refused() {
        List<String> objects = List.of(
                "",
                " ",
                "{",
                "{\"a\":1,\"a\":2}",
                "{\"o\":{\"a\":1,\"a\":2}}",
                "{} {}",
                "{} x",
                "{'a':1}",
                "\u0000",
                "{\"a\":\"line\nbreak\"}",
                "{\"\\ud83d\":1}",
                "{\"o\":[{\"\\udd11\":1}]}");
        List<String> values = List.of(
                "[1,]",
                "nul",
                "NaN",
                "1e999999999",
                "1e99999999999",
                "-1e-99999999999",
                "1e401",
                "1e-401",
                "01",
                "\"\\ud83d\"",
                "\"\\udd11\\ud83d\"",
                "[\"\\udd11\"]",
                "1".repeat(StrictParser.MAX_NUMBER_LENGTH + 1),
                "[".repeat(StrictParser.MAX_DEPTH) + "]".repeat(StrictParser.MAX_DEPTH));
        List<String> all = Stream.concat(objects.stream(), values.stream().map(value -> "{\"v\":" + value + "}"))
                .toList();
        return Arrays.stream(Reader.values()).flatMap(reader -> all.stream().map(text -> Arguments.of(reader, text)));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Reader reader, String text) {
        assertThatThrownBy(() -> reader.read(utf8(text))).isInstanceOf(JsonSyntaxException.class);
    }

    @ParameterizedTest
    @EnumSource
    void asDeepAndAsLongAsAllowed_isRead(Reader reader) throws JsonSyntaxException {
        String text = "{\"v\":" + "[".repeat(StrictParser.MAX_DEPTH - 1) + "1".repeat(StrictParser.MAX_NUMBER_LENGTH)
                + "]".repeat(StrictParser.MAX_DEPTH - 1) + "}";

        assertThat(JsonBinding.text(reader.read(utf8(text)))).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotUtf8_isRefused(Reader reader) {
        byte[] latin1 = "{\"v\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> reader.read(latin1)).isInstanceOf(JsonSyntaxException.class);
    }

    @ParameterizedTest
    @EnumSource
    void badText_isNotQuotedInTheMessage(Reader reader) {
        assertThatThrownBy(() -> reader.read(utf8("{\"secret\": hunter2}")))
                .isInstanceOf(JsonSyntaxException.class)
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "\"{}\"", "null", "1"})
    void anObject_isNothingElse(String text) {
        assertThatThrownBy(() -> JsonReader.object(text)).hasMessage("is not a JSON object");
        assertThatThrownBy(() -> JsonBinding.readObject(text)).hasMessage("is not a JSON object");
    }

    @Test
    void integers_areLongsWhileTheyFit() throws JsonSyntaxException {
        assertThat(JsonReader.object("{\"n\":9223372036854775807}")).containsEntry("n", Long.MAX_VALUE);
        assertThat(JsonReader.object("{\"n\":9223372036854775808}"))
                .containsEntry("n", new BigInteger("9223372036854775808"));
    }

    @Test
    void moreValuesThanAllowed_areRefused_howeverShort() {
        String few = "{\"v\":[" + "0,".repeat(100) + "0]}";
        String many = "{\"v\":[" + "0,".repeat(5_000) + "0]}";

        assertThatThrownBy(() -> JsonBinding.read(utf8(few), JsonLimits.FEW_FIELDS))
                .hasMessageContaining("too many values");
        assertThatThrownBy(() -> JsonBinding.read(utf8(many), JsonLimits.OBJECT))
                .hasMessageContaining("too many values");
    }

    @Test
    void without_keepsTheOtherMembersAsTheyStand() {
        String text = "{\"a\":{\"x\":[1]},\"b\":1.10,\"x\":{\"y\":null},\"c\":\"é\\u0001\"}";

        assertThat(JsonReader.without(Set.of("a", "x"), text)).isEqualTo("{\"b\":1.10,\"c\":\"é\\u0001\"}");
        assertThat(JsonReader.without(Set.of(), "{}")).isEqualTo("{}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
