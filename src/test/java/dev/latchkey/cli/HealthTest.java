package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {
    @Test
    void ready_isZero() {
        try (StubService service = StubService.answering(200, "{}")) {
            assertThat(CliRun.of("health", "--url", service.url())).isEqualTo(new CliRun(0, "ready\n", ""));
            assertThat(service.asked().path()).isEqualTo("/health/ready");
            assertThat(service.asked().method()).isEqualTo("GET");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 404, 500, 503})
    void anyOtherAnswer_isOneWithOneLine(int status) {
        try (StubService service = StubService.answering(status, "")) {
            CliRun run = CliRun.of("health", "--url", service.url() + "/");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).contains("not ready").contains("answered " + status);
        }
    }

    @Test
    void nobodyThere_isOneWithOneLine() {
        CliRun run = CliRun.of("health", "--url", "http://127.0.0.1:1");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("nothing listens");
    }
}
