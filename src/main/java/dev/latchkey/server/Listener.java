package dev.latchkey.server;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/** The listening socket, bound before anything else starts: the port is known early, and a taken one is told at once. */
final class Listener {
    private static final int BACKLOG = 1024;

    private Listener() {}

    static ServerSocketChannel bind(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw cannot(host, port, "the address is not known; check --host", null);
        }
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.bind(address, BACKLOG);
                return channel;
            } catch (IOException e) {
                channel.close();
                throw cannot(host, port, reason(e), e);
            }
        } catch (IOException e) {
            throw cannot(host, port, reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() + "; stop what listens there or choose another --port";
    }

    private static LatchkeyException cannot(String host, int port, String why, @Nullable Throwable cause) {
        String message = "Cannot listen on " + host + ":" + port + ": " + why + ".";
        return cause == null
                ? LatchkeyException.of(ErrorKind.MISCONFIGURED, message)
                : LatchkeyException.of(ErrorKind.MISCONFIGURED, message, cause);
    }
}
