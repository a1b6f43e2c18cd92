package dev.latchkey.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void whatACallerSent_staysOnOneLine_andIsBounded() {
        assertThat(LogLine.of(new IllegalArgumentException("a\r\n2026 INFO forged\u001b[31m\u202e\u2028b")))
                .isEqualTo("a??2026 INFO forged?[31m??b");
        assertThat(LogLine.of(new IllegalArgumentException("x".repeat(10_000)))).hasSize(501);
    }

    @Test
    void theTrueReason_isTheCauses() {
        assertThat(LogLine.of(new IllegalStateException("public", new IllegalArgumentException("true"))))
                .isEqualTo("true");
        assertThat(LogLine.of(new IllegalStateException())).isEqualTo("null");
    }
}
