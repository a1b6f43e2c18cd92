package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
    @Test
    void line_nothingThatActsOnATerminal_isLeft() {
        assertThat(Visible.line("a\r\n\t\u0000\u001b[31m\u0085\u009b\u2028\u202e\u2066\ufeff\ud800b"))
                .isEqualTo("a\\u000d\\n\\u0009\\u0000\\u001b[31m\\u0085\\u009b\\u2028\\u202e\\u2066\\ufeff\\ud800b");
    }

    @Test
    void line_ordinaryTextOfAnyScript_staysAsItIs() {
        String text = "Zürich – 漢字 عربى हिन्दी 👩‍💻 e\u0301";
        assertThat(Visible.line(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"abc,3", "漢字,4", "e\u0301,1", "한글,4", "👍,2", "ｆｕ,4", "'',0", "…,1"})
    void width_isInColumns(String text, int columns) {
        assertThat(Visible.width(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"abcdef,6,abcdef", "abcdef,5,abcd…", "漢字漢字,7,漢字漢…", "漢字漢字,6,漢字…", "👍👍,3,👍…", "ab,1,…"})
    void shorten_fitsAndCutsNoCharacterInHalf(String text, int columns, String expected) {
        assertThat(Visible.shorten(text, columns)).isEqualTo(expected);
        assertThat(Visible.width(Visible.shorten(text, columns))).isLessThanOrEqualTo(columns);
    }
}
