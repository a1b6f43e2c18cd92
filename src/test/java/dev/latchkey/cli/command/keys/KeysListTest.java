package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysListTest {
    private static final Instant NOW = CliRun.NOW;
    private static final String ID = "ack_abcdefghijklmnopqrstuvwxyz";

    private static AccessKey key(String id, String name, int scopes, boolean enabled, Instant expires, Instant used) {
        List<String> tokens =
                IntStream.range(0, scopes).mapToObj(i -> "orders.write" + i).toList();
        AccessKeySettings settings = new AccessKeySettings(
                name, "", ScopeSet.of(tokens), enabled, null, List.of(), null, CustomClaims.NONE, expires);
        return new AccessKey(id, settings, List.of(), NOW, "operator:root", NOW, used, 1);
    }

    @Test
    void table_longestValues_fitsEightyColumns_andKeepsTheIdWhole() {
        String table = table(List.of(
                key(ID, "漢".repeat(200), 100, false, null, NOW.minus(Duration.ofDays(9999))),
                key("x".repeat(64), "n".repeat(200), 100, true, null, null)));
        assertThat(table.lines())
                .allSatisfy(line -> assertThat(TerminalText.width(line)).isLessThanOrEqualTo(80));
        assertThat(table).contains(ID + " ").contains("9999d ago").contains("…");
    }

    @Test
    void table_columns_standBelowTheirHeadings() {
        List<String> lines = table(List.of(key(ID, "日本", 1, true, null, null), key(ID, "plain", 1, true, null, null)))
                .lines()
                .toList();
        int state = lines.get(0).indexOf("STATE");
        assertThat(TerminalText.width(lines.get(1).substring(0, lines.get(1).indexOf("enabled"))))
                .isEqualTo(state);
        assertThat(lines.get(2).indexOf("enabled")).isEqualTo(state);
    }

    @Test
    void table_nameFromElsewhere_cannotActOnTheTerminal() {
        AccessKeySettings settings = AccessKeySettings.named("a\u202eb", ScopeSet.of(List.of("s")));
        AccessKey key = new AccessKey(ID, settings, List.of(), NOW, "x", NOW, null, 1);
        assertThat(table(List.of(key))).contains("a\\u202eb").doesNotContain("\u202e");
    }

    @Test
    void state_expiryItself_isTooLate() {
        assertThat(KeyText.state(key(ID, "n", 1, true, NOW.plusSeconds(1), null), NOW))
                .isEqualTo("enabled");
        assertThat(KeyText.state(key(ID, "n", 1, true, NOW, null), NOW)).isEqualTo("expired");
        assertThat(KeyText.state(key(ID, "n", 1, false, NOW, null), NOW)).isEqualTo("disabled");
    }

    @Test
    void table_wide_shortensNothing_andHasMoreColumns() {
        AccessKey key = key(ID, "n".repeat(200), 9, true, NOW.plus(Duration.ofDays(3)), null);
        String table = CliRun.printed(80, context -> KeysList.table(true, NOW).print(List.of(key), context));
        assertThat(table)
                .contains("n".repeat(200), key.settings().scopes().toString(), "EXPIRES", "in 3d", "CREATED", "0s ago")
                .doesNotContain("…");
    }

    private static String table(List<AccessKey> keys) {
        return CliRun.printed(80, context -> KeysList.table(false, NOW).print(keys, context));
    }
}
