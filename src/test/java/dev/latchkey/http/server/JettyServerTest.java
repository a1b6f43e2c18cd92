package dev.latchkey.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JettyServerTest {
    @ParameterizedTest
    @CsvSource({"1, 256", "96, 597", "16384, 8192"})
    void room_growsWithTheHeap_withinBounds(long heapMebibytes, int connections) {
        assertThat(JettyServer.maxConnections(heapMebibytes * 1024 * 1024)).isEqualTo(connections);
    }
}
