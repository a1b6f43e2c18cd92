package dev.latchkey.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorAnswersTest {
    @Test
    void whatACallerSent_staysOnOneLine_andIsBounded() {
        assertThat(ErrorAnswers.logLine(new IllegalArgumentException("a\r\n2026 INFO forged\u001b[31m\u202e\u2028b")))
                .isEqualTo("a??2026 INFO forged?[31m??b");
        assertThat(ErrorAnswers.logLine(new IllegalArgumentException("x".repeat(10_000))))
                .hasSize(501);
    }

    @Test
    void theTrueReason_isTheCauses() {
        assertThat(ErrorAnswers.logLine(new IllegalStateException("public", new IllegalArgumentException("true"))))
                .isEqualTo("true");
        assertThat(ErrorAnswers.logLine(new IllegalStateException())).isEqualTo("null");
    }
}
