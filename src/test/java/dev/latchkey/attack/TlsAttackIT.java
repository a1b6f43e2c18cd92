package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be done before, in and beneath a TLS connection. */
class TlsAttackIT {
    private static final String ATTACKER = "127.0.0.2";
    private static final int HANDSHAKE = 22;
    private static final int LARGEST_RECORD_BYTES = 16 * 1024;

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.withTls();

    private final List<TlsWire> wires = new ArrayList<>();

    @AfterEach
    void close() {
        wires.forEach(TlsWire::close);
    }

    @Test
    void handshakesThatNeverGoOn_lockNoOtherClientOut() {
        SERVICE.attacker(ATTACKER).flood(800, record(HANDSHAKE, clientHello(512).substring(0, 200)));

        SERVICE.token();
    }

    @Test
    void handshakesThatAreNoTls_areEnded() {
        List<Wire> plain = SERVICE.attacker(ATTACKER).flood(200, Requests.get("/health/live"));

        SERVICE.token();
        assertThat(plain).allMatch(wire -> wire.isClosedWithin(Wire.PATIENCE));
    }

    @Test
    void unfinishedRecords_areBounded() {
        String unfinished = record(HANDSHAKE, "\1".repeat(LARGEST_RECORD_BYTES)).substring(0, LARGEST_RECORD_BYTES);
        for (int i = 2; i < 6; i++) {
            SERVICE.attacker("127.0.0." + i).flood(300, unfinished);
        }

        SERVICE.service().assertIsAlive();
    }

    @Test
    void unfinishedHandshakeMessages_areBounded() {
        String hello = clientHello(30_000);
        String unfinished = record(HANDSHAKE, hello.substring(0, LARGEST_RECORD_BYTES))
                + record(HANDSHAKE, hello.substring(LARGEST_RECORD_BYTES, 29_000));
        for (int i = 2; i < 6; i++) {
            SERVICE.attacker("127.0.0." + i).flood(300, unfinished);
        }

        SERVICE.service().assertIsAlive();
    }

    @Test
    void handshakesInRecordsOfOneByte_costNoOtherClientItsTurn() {
        StringBuilder records = new StringBuilder();
        clientHello(2_000).chars().forEach(one -> records.append(record(HANDSHAKE, String.valueOf((char) one))));

        SERVICE.attacker(ATTACKER).flood(200, records.toString());

        SERVICE.token();
    }

    @Test
    void requestsInRecordsOfOneByte_areAnswered() {
        for (int i = 0; i < 20; i++) {
            TlsWire wire = open();
            wire.sendInSmallRecords(Requests.token(Requests.CLIENT));
            assertThat(wire.answer())
                    .hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(200));
        }
    }

    @Test
    void unfinishedHeadersInRecordsOfOneByte_areBounded() {
        for (int i = 0; i < 20; i++) {
            open().sendInSmallRecords("GET / HTTP/1.1\r\nHost: localhost\r\n" + "a:b\r\n".repeat(90));
        }

        SERVICE.token();
    }

    @Test
    void manyKeyUpdates_keepNoOtherClientWaiting() {
        for (int i = 0; i < 5; i++) {
            TlsWire wire = open();
            for (int j = 0; j < 300; j++) {
                wire.updateKeys();
            }
            SERVICE.token();
        }
    }

    @Test
    void unfinishedHeadersOfTheLargestSize_areBounded() {
        String unfinished = Requests.head("GET", "/connect/token") + ("a: " + "b".repeat(150) + "\r\n").repeat(97);
        for (int i = 0; i < 500; i++) {
            open().send(unfinished);
        }

        SERVICE.token();
    }

    private TlsWire open() {
        TlsWire wire = SERVICE.openTls(ATTACKER);
        wires.add(wire);
        return wire;
    }

    /** A record of TLS 1.2 (RFC 8446 §5.1). */
    private static String record(int type, String fragment) {
        return text(ByteBuffer.allocate(5)
                        .put((byte) type)
                        .putShort((short) 0x0303)
                        .putShort((short) fragment.length()))
                + fragment;
    }

    /** The start of a ClientHello of so many bytes (RFC 8446 §4.1.2), mostly an unassigned extension. */
    private static String clientHello(int bytes) {
        ByteBuffer start = ByteBuffer.allocate(4 + 2 + 32 + 1 + 4 + 2 + 2 + 4);
        start.putInt(0x01000000 | (bytes - 4))
                .putShort((short) 0x0303)
                .put(new byte[32])
                .put((byte) 0);
        start.putShort((short) 2).putShort((short) 0x1301).put((byte) 1).put((byte) 0);
        int extension = bytes - start.position() - 2 - 4;
        start.putShort((short) (extension + 4)).putShort((short) 0x0a0a).putShort((short) extension);
        return text(start) + "\0".repeat(extension);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
    }
}
