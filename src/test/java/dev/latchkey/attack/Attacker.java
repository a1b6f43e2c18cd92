package dev.latchkey.attack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A client that holds connections of its own making until it goes. Not thread-safe. */
final class Attacker implements AutoCloseable {
    private final InetAddress from;
    private final InetSocketAddress target;
    private final List<Wire> wires = new ArrayList<>();

    private Attacker(InetAddress from, InetSocketAddress target) {
        this.from = from;
        this.target = target;
    }

    /** An attacker at an address of this machine, such as 127.0.0.7. */
    static Attacker at(String address, int port) {
        try {
            InetAddress from = InetAddress.getByName(address);
            InetAddress to = InetAddress.getByName(address.contains(":") ? "::1" : "127.0.0.1");
            return new Attacker(from, new InetSocketAddress(to, port));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** One more connection. */
    Wire open() {
        return keep(Wire.open(new InetSocketAddress(from, 0), target));
    }

    /** One more on which the service can send little until it is read. */
    Wire openNarrow() {
        return keep(Wire.openNarrow(new InetSocketAddress(from, 0), target));
    }

    private Wire keep(Wire wire) {
        wires.add(wire);
        return wire;
    }

    /** So many more connections. */
    List<Wire> open(int count) {
        return IntStream.range(0, count).mapToObj(i -> open()).toList();
    }

    /** Opens so many connections and sends the same on each at once, as far as the service takes it. */
    List<Wire> flood(int count, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Wire wire = open();
                    wire.send(bytes);
                    return wire;
                })
                .toList();
    }

    /** The answer to one request on a connection of its own. */
    Answer ask(String request) {
        Wire wire = open();
        wire.send(request);
        return wire.answer().orElseThrow(() -> new AssertionError("no answer to " + start(request)));
    }

    private static String start(String request) {
        return request.substring(0, Math.min(200, request.length()));
    }

    /** Ends every connection. */
    @Override
    public void close() {
        wires.forEach(Wire::close);
        wires.clear();
    }
}
