package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionRoomTest {
    @ParameterizedTest
    @CsvSource({"1, 256", "96, 597", "16384, 8192"})
    void room_growsWithTheHeap_withinBounds(long heapMebibytes, int connections) {
        assertThat(ConnectionRoom.of(heapMebibytes * 1024 * 1024, Long.MAX_VALUE))
                .isEqualTo(connections);
    }

    @Test
    void room_isInHalfOfTheFilesThatMayBeOpen() {
        List<String> limits = List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max open files            1024                 4096                 files     ");

        assertThat(ConnectionRoom.of(1L << 40, ConnectionRoom.openFiles(limits)))
                .isEqualTo(512);
    }
}
