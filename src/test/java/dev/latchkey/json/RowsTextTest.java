package dev.latchkey.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTextTest {
    @Test
    void rows_areAnArrayOfArrays_timesInSeconds() {
        assertThat(RowsText.of(List.of(
                        Arrays.asList("ack_one", null, Instant.ofEpochMilli(1_700_000_000_999L)),
                        Arrays.asList("", null))))
                .isEqualTo("[[\"ack_one\",null,1700000000],[\"\",null]]");
        assertThat(RowsText.of(List.of())).isEqualTo("[]");
    }

    @Test
    void whatATextHolds_endsNothing() throws Exception {
        String text = "\"],[\\ \n\u0001 é \ud83d\udd11";

        var read = JsonBinding.readObject("{\"rows\":" + RowsText.of(List.of(Arrays.asList(text, null))) + "}");

        assertThat(read.at("/rows/0/0").textValue()).isEqualTo(text);
    }
}
