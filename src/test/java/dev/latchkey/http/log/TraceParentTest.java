package dev.latchkey.http.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + TRACE + "-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT + "-ff",
                "cc-" + TRACE + "-" + PARENT + "-01",
                "cc-" + TRACE + "-" + PARENT + "-01-what-comes-later"
            })
    void wellFormed_saysTheTrace(String header) {
        assertThat(TraceParent.traceId(List.of(header))).contains(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                TRACE,
                "00-" + TRACE + "-" + PARENT,
                "00-" + TRACE + "-" + PARENT + "-01-more",
                "00-" + TRACE + "-" + PARENT + "-01 ",
                "00-" + TRACE + "-" + PARENT + "-1",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "cc-" + TRACE + "-" + PARENT + "-01more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01",
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "0-" + PARENT + "-01"
            })
    void malformed_countsAsLeftOut(String header) {
        assertThat(TraceParent.traceId(List.of(header))).isEmpty();
    }

    @Test
    void none_orTwo_countAsLeftOut() {
        String good = "00-" + TRACE + "-" + PARENT + "-01";

        assertThat(TraceParent.traceId(List.of())).isEmpty();
        assertThat(TraceParent.traceId(List.of(good, good))).isEmpty();
    }
}
