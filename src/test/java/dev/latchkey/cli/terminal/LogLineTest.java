package dev.latchkey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonBinding;
import dev.latchkey.log.LogEvent;
import dev.latchkey.log.LogField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

class LogLineTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ODD = "a\"\\\n\r\t\u0000\u001b[31m\u0085\u009b\u2028\u202e\ud800\ufeff";

    @Test
    void json_hasTheFieldsInTheirOrder() {
        List<KeyValuePair> pairs = Stream.of(LogField.values())
                .map(field ->
                        new KeyValuePair(field.key(), field == LogField.STATUS ? (Object) 401 : field.key() + "!"))
                .toList();

        assertThat(json("text", pairs, null, false))
                .isEqualTo("{\"ts\":\"2026-03-01T12:00:00.000Z\",\"level\":\"INFO\",\"event\":\"event!\","
                        + "\"message\":\"text\",\"request_id\":\"request_id!\",\"trace_id\":\"trace_id!\","
                        + "\"key_id\":\"key_id!\",\"outcome\":\"outcome!\",\"reason\":\"reason!\","
                        + "\"method\":\"method!\",\"route\":\"route!\",\"status\":401,\"ms\":\"ms!\","
                        + "\"remote\":\"remote!\"}\n");
    }

    @Test
    void json_ofALibrary_isOneToo() {
        assertThat(json("bad {}", null, null, false))
                .isEqualTo("{\"ts\":\"2026-03-01T12:00:00.000Z\",\"level\":\"INFO\",\"event\":\"other\","
                        + "\"message\":\"bad {}\"}\n");
    }

    @Test
    void whatActsOnATerminal_isEscaped() {
        String json = json(ODD, pairs(LogField.REASON, ODD), null, false);

        assertThat(json.lines()).hasSize(1);
        assertThat(json.strip().chars()).allMatch(c -> c >= ' ' && c <= '~');
        assertThat(JsonBinding.stored(json.strip()).get("message").textValue())
                .startsWith("a\"\\\n\r\t\u0000\u001b[31m");
        assertThat(text(ODD, pairs(LogField.ROUTE, ODD)).chars()).allMatch(c -> c >= ' ' && c <= '~');
    }

    @Test
    void aLine_isBounded_whateverItTells() {
        for (String odd : List.of("x".repeat(100_000), ODD.repeat(10_000), "\u0000".repeat(100_000))) {
            List<KeyValuePair> pairs = Stream.of(LogField.values())
                    .filter(field -> field != LogField.METHOD && field != LogField.ROUTE)
                    .map(field -> new KeyValuePair(field.key(), odd))
                    .toList();

            assertThat(json(odd, pairs, new IllegalStateException(odd), false).getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThan(16 * 1024);
            assertThat(text(odd, pairs)).hasSizeLessThan(16 * 1024);
        }
    }

    @Test
    void whatWasThrown_isTheReason_andItsTraceIsThereOnlyWhereItIsWanted() {
        Throwable thrown = new IllegalStateException("why", new ArithmeticException("deep"));

        assertThat(json("it failed", List.of(), thrown, false))
                .contains("\"reason\":\"java.lang.IllegalStateException: why; java.lang.ArithmeticException: deep\"")
                .doesNotContain("LogLineTest");
        assertThat(json("it failed", List.of(), thrown, true).lines())
                .singleElement()
                .asString()
                .contains("\"stack\":\"java.lang.IllegalStateException: why\\n\\tat ", "LogLineTest");
    }

    @Test
    void text_saysFirstWhatNoClientChooses() {
        List<KeyValuePair> pairs = List.of(
                new KeyValuePair(LogField.EVENT.key(), LogEvent.TOKEN_REFUSED.id()),
                new KeyValuePair(LogField.REMOTE.key(), "203.0.113.9"),
                new KeyValuePair(LogField.TRACE_ID.key(), "4bf9"),
                new KeyValuePair(LogField.REQUEST_ID.key(), "an-id"),
                new KeyValuePair(LogField.STATUS.key(), 400));

        assertThat(text("invalid_scope: text", pairs))
                .isEqualTo("an-id 400 203.0.113.9 invalid_scope: text trace_id=4bf9");
    }

    private static List<KeyValuePair> pairs(LogField field, String value) {
        return List.of(new KeyValuePair(field.key(), value));
    }

    private static String text(String message, List<KeyValuePair> pairs) {
        return new LogLine(Level.INFO, message, pairs, null).text();
    }

    private static String json(
            String message, @Nullable List<KeyValuePair> pairs, @Nullable Throwable thrown, boolean traces) {
        return new String(new LogLine(Level.INFO, message, pairs, thrown).json(NOW, traces), StandardCharsets.UTF_8);
    }
}
