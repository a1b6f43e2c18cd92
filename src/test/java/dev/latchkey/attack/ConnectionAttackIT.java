package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections: however many an address opens, and whatever it does with them, others are let in. */
class ConnectionAttackIT {
    private static final String ATTACKER = "127.0.0.2";
    private static final int MORE_THAN_THERE_MAY_BE = 1_500;

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void fewAddressesThatRenewUnfinishedRequests_keepNoNewcomerOut(int addresses) {
        List<Attacker> attackers = IntStream.range(0, addresses)
                .mapToObj(i -> SERVICE.attacker("127.0.0." + (2 + i)))
                .toList();
        Deque<Wire> unfinished = new ArrayDeque<>();
        for (int i = 0; i < MORE_THAN_THERE_MAY_BE; i++) {
            unfinished.addAll(attackers.get(i % addresses).flood(1, "GET / HT"));
        }

        for (int newcomer = 0; newcomer < 30; newcomer++) {
            for (int i = 0; i < 40; i++) {
                unfinished.removeFirst().close();
                unfinished.addAll(attackers.get(i % addresses).flood(1, "GET / HT"));
            }
            SERVICE.token();
        }
    }

    @Test
    void oneAddressWithIdleConnections_keepsNoNewcomerOut() {
        SERVICE.attacker(ATTACKER).flood(MORE_THAN_THERE_MAY_BE, "");

        for (int i = 0; i < 20; i++) {
            SERVICE.token();
        }
    }

    @Test
    void manyAddressesWithUnfinishedRequests_areBounded() {
        for (int address = 2; address < 250; address++) {
            SERVICE.attacker("127.0.0." + address).flood(20, "POST /connect/token HTTP/1.1\r\nHost: localhost\r\nA: b");
        }

        SERVICE.service().assertIsAlive();
    }

    @Test
    void everyBusyConnection_isAnsweredOrToldSo() {
        List<Wire> wires = new ArrayList<>();
        for (int address = 2; address < 7; address++) {
            wires.addAll(SERVICE.attacker("127.0.0." + address).flood(300, Requests.token(Requests.CLIENT)));
        }

        Map<Integer, Long> answers = wires.stream().collect(Collectors.groupingBy(Wire::status, Collectors.counting()));

        // Of those that are refused a few hundred at a time are told so, however late they send.
        assertThat(answers.keySet()).isSubsetOf(200, 503, 0);
        assertThat(answers.getOrDefault(200, 0L)).as("answers: %s", answers).isGreaterThan(400);
        assertThat(answers.getOrDefault(0, 0L)).as("answers: %s", answers).isLessThan(100);
    }

    @Test
    void resets_inTheMiddleOfARequest_leaveNothing() {
        String request = Requests.token(Requests.CLIENT);
        Attacker attacker = SERVICE.attacker(ATTACKER);
        for (int i = 0; i < 3_000; i++) {
            Wire wire = attacker.open();
            wire.send(request.substring(0, i % request.length()));
            wire.reset();
        }

        SERVICE.token();
    }

    @Test
    void aClientThatHasEndedItsOutput_isAnswered() {
        Wire wire = SERVICE.attacker(ATTACKER).open();
        wire.send(Requests.token(Requests.CLIENT));
        wire.endOutput();

        assertThat(wire.status()).isEqualTo(200);
    }

    @Test
    void clientsThatEndTheirOutputUnfinished_areClosed() {
        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(200, "POST /connect/token HTTP/1.1\r\nHost: lo");
        wires.forEach(Wire::endOutput);

        assertThat(wires).allMatch(wire -> wire.isClosedWithin(Wire.PATIENCE));
    }

    @Test
    void upgrades_areNotMade() {
        String webSocket = Requests.get(
                "/",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        String http2 = Requests.get(
                "/",
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n");
        String priorKnowledge = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0";
        Attacker attacker = SERVICE.attacker(ATTACKER);

        assertThat(attacker.ask(webSocket).status()).isBetween(200, 499);
        assertThat(attacker.ask(http2).status()).isBetween(200, 499);
        Wire wire = attacker.open();
        wire.send(priorKnowledge);
        assertThat(wire.status()).isIn(400, 426, 505, 0);

        attacker.flood(200, webSocket + "\u0081\u007f".repeat(5_000));
        attacker.flood(200, http2 + priorKnowledge);
        SERVICE.token();
    }
}
