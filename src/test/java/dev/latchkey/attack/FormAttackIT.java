package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms: however they are cut and whatever they hold, they cost what their bytes cost. */
class FormAttackIT {
    private static final String ATTACKER = "127.0.0.2";
    private static final int MAX_FORM_BYTES = 16 * 1024;

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    @ParameterizedTest
    @ValueSource(strings = {"/connect/token", "/connect/introspect", "/connect/revocation"})
    void formsInChunksOfOneByte_areAnswered_andKeepNoOtherClientWaiting(String path) {
        String request = chunked(path, "a=" + "b".repeat(MAX_FORM_BYTES - 2), 1);

        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(60, request);
        SERVICE.token();

        assertThat(wires).extracting(Wire::status).isSubsetOf(400, 401, 503);
    }

    @Test
    void aFormInChunks_isTheSameForm() {
        String request = chunked("/connect/token", "grant_type=client_credentials&scope=fx", 1);
        String own = Requests.basic(Requests.CLIENT);

        assertThat(SERVICE.client()
                        .ask(request.replaceFirst("Content-Type", own + "Content-Type"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aFormOverItsSize_inChunksOfOneByte_is413() {
        assertThat(SERVICE.attacker(ATTACKER)
                        .ask(chunked("/connect/token", "a=" + "b".repeat(MAX_FORM_BYTES - 1), 1))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void thousandsOfParameters_areAnsweredAsBadRequests() {
        for (String parameter : List.of("&", "a&", "%d&", "=%d&", "p%d=1&", "scope=%d&", "%%41%d=%%42&")) {
            String form =
                    IntStream.range(0, 3_000).mapToObj(parameter::formatted).collect(Collectors.joining());
            String fitting = form.substring(0, Math.min(form.length(), MAX_FORM_BYTES));

            List<Wire> wires = SERVICE.attacker(ATTACKER).flood(50, Requests.form("/connect/token", fitting));
            SERVICE.token();

            assertThat(wires).extracting(Wire::status).isSubsetOf(400, 401, 503);
        }
    }

    @Test
    void parametersOfOneHash_costNoMoreThanOthers() {
        // "Aa" and "BB" have the same hash in Java, and so has every text made of them.
        String form = IntStream.range(0, 1_000)
                .mapToObj(i -> IntStream.range(0, 7)
                                .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                                .collect(Collectors.joining())
                        + i % 8)
                .distinct()
                .collect(Collectors.joining("&"));

        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(100, Requests.form("/connect/token", form));
        SERVICE.token();

        assertThat(wires).extracting(Wire::status).isSubsetOf(400, 401, 503);
    }

    private static String chunked(String path, String form, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < form.length(); i += size) {
            String chunk = form.substring(i, Math.min(form.length(), i + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return Requests.formHead(path, "Transfer-Encoding: chunked\r\n") + "\r\n" + chunks + "0\r\n\r\n";
    }
}
