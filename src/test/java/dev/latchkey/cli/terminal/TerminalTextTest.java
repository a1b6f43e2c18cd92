package dev.latchkey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliStore;
import dev.latchkey.json.JsonBinding;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
    @Test
    void line_nothingThatActsOnATerminal_isLeft() {
        assertThat(TerminalText.line("a\r\n\t\u0000\u001b[31m\u0085\u009b\u2028\u202e\u2066\ufeff\ud800b"))
                .isEqualTo("a\\u000d\\n\\u0009\\u0000\\u001b[31m\\u0085\\u009b\\u2028\\u202e\\u2066\\ufeff\\ud800b");
    }

    @Test
    void line_ordinaryTextOfAnyScript_staysAsItIs() {
        String text = "Zürich – 漢字 عربى हिन्दी 👩‍💻 e\u0301";
        assertThat(TerminalText.line(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"abc,3", "漢字,4", "e\u0301,1", "한글,4", "👍,2", "ｆｕ,4", "'',0", "…,1"})
    void width_isInColumns(String text, int columns) {
        assertThat(TerminalText.width(text)).isEqualTo(columns);
    }

    @Test
    void json_keepsTheDocument_butNothingThatActsOnATerminal() {
        String name = "a\u202e\u009b\u2028\udb40\udc01 ümläut 漢字 \\";
        String json = TerminalText.json(JsonBinding.text(Map.of("name", name)));
        assertThat(json.chars().filter(c -> c != '\n'))
                .noneMatch(c -> Character.getType(c) == Character.FORMAT || Character.isISOControl(c));
        assertThat(json).containsIgnoringCase("a\\u202e\\u009b\\u2028\\udb40\\udc01 ümläut 漢字");
        assertThat(CliStore.parse(json)).containsEntry("name", name);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,3,abc",
        "ab cd,4,ab|cd",
        "ab cd ef,5,ab cd|ef",
        "abcdef,4,abcd|ef",
        "漢字漢,5,漢字|漢",
        "ab  cd,3,ab|cd",
        "'',4,''"
    })
    void wrap_breaksAtSpaces_andInLongWords(String text, int columns, String lines) {
        assertThat(String.join("|", TerminalText.wrap(text, columns))).isEqualTo(lines);
    }

    @ParameterizedTest
    @CsvSource({"abcdef,6,abcdef", "abcdef,5,abcd…", "漢字漢字,7,漢字漢…", "漢字漢字,6,漢字…", "👍👍,3,👍…", "ab,1,…"})
    void shorten_fitsAndCutsNoCharacterInHalf(String text, int columns, String expected) {
        assertThat(TerminalText.shorten(text, columns)).isEqualTo(expected);
        assertThat(TerminalText.width(TerminalText.shorten(text, columns))).isLessThanOrEqualTo(columns);
    }
}
