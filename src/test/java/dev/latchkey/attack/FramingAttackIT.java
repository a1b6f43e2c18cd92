package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that two readers could take for different ones (RFC 9112 §11.2) are refused, and their connection ends. */
class FramingAttackIT {
    private static final String ATTACKER = "127.0.0.2";
    private static final String FORM = "grant_type=client_credentials";
    private static final String SMUGGLED = Requests.get("/health/live");

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    @Test
    void ambiguousLengths_areRefused_andNothingIsSmuggled() {
        int length = FORM.length();
        for (String framing : List.of(
                "Content-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: " + length + "\r\n",
                "Content-Length: " + length + "\r\nContent-Length: 0\r\n",
                "Content-Length: " + length + ", 0\r\n",
                "Content-Length: +" + length + "\r\n",
                "Content-Length: 0x1d\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length: \r\n",
                "Content-Length : " + length + "\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding: \u000bchunked\r\n",
                " Content-Length: 5\r\n",
                "X: y\r\n Content-Length: 5\r\n")) {
            String request =
                    Requests.formHead("/connect/token", Requests.basic(Requests.CLIENT), framing) + "\r\n" + FORM;
            assertRefusedAndEnded(framing, request);
        }
    }

    @Test
    void malformedChunks_areRefused_andNothingIsSmuggled() {
        String head = Requests.formHead(
                "/connect/token", Requests.basic(Requests.CLIENT), "Transfer-Encoding: chunked\r\n\r\n");
        for (String chunks : List.of(
                "1d\n" + FORM + "\r\n0\r\n\r\n",
                "0x1d\r\n" + FORM + "\r\n0\r\n\r\n",
                "-1\r\n" + FORM,
                "ffffffffffffffff1d\r\n" + FORM + "\r\n0\r\n\r\n",
                "1d\r\n" + FORM + "0\r\n\r\n",
                "\r\n",
                "g\r\n")) {
            assertRefusedAndEnded(chunks, head + chunks);
        }
    }

    @Test
    void malformedHeads_areRefused_andTheConnectionEnds() {
        for (String request : List.of(
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nA\0: b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nA: b\0\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nA b: c\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\n: c\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\u00e9: c\r\n\r\n",
                "GET /health/live HTTP/1.1\nHost: localhost\n\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost\nA: b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n\r\n",
                "GET /health/live HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /health/live\r\n\r\n",
                "GET health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n")) {
            assertRefusedAndEnded(request, request);
        }
    }

    @Test
    void absoluteTargets_areTakenOnlyWithTheSamePath() {
        Attacker attacker = SERVICE.attacker(ATTACKER);

        assertThat(attacker.ask(Requests.get("http://localhost/health/live")).status())
                .isEqualTo(200);
        assertThat(attacker.ask(Requests.get("http://localhost/api/keys")).status())
                .isIn(401, 403);
        assertThat(attacker.ask(Requests.head("CONNECT", "localhost:443") + "\r\n")
                        .status())
                .isBetween(400, 499);
        assertThat(attacker.ask(Requests.head("OPTIONS", "*") + "\r\n").status())
                .isBetween(200, 499);
    }

    @Test
    void http10_isAnsweredAndEnds_orGoesOnWhereItAsksSo() {
        Wire once = SERVICE.attacker(ATTACKER).open();
        once.send("GET /health/live HTTP/1.0\r\n\r\n");
        assertThat(once.status()).isEqualTo(200);
        assertThat(once.isClosedWithin(Wire.PATIENCE)).isTrue();

        Wire kept = SERVICE.attacker(ATTACKER).open();
        for (int i = 0; i < 3; i++) {
            kept.send("GET /health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(kept.status()).isEqualTo(200);
        }
    }

    @Test
    void http10_withATransferEncoding_ends() {
        Wire wire = SERVICE.attacker(ATTACKER).open();
        wire.send(
                "POST /connect/token HTTP/1.0\r\nConnection: keep-alive\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n1d\r\n" + FORM + "\r\n0\r\n\r\n" + SMUGGLED);

        wire.status();

        assertThat(wire.answer()).isEmpty();
        assertThat(wire.isClosedWithin(Wire.PATIENCE)).isTrue();
    }

    private static void assertRefusedAndEnded(String what, String request) {
        Wire wire = SERVICE.attacker(ATTACKER).open();
        wire.send(request + SMUGGLED);
        wire.endOutput();

        assertThat(wire.status()).as(what).isIn(400, 501, 505, 0);
        assertThat(wire.answer()).as("a second answer to %s", what).isEmpty();
        assertThat(wire.isClosedWithin(Wire.PATIENCE)).as(what).isTrue();
    }
}
