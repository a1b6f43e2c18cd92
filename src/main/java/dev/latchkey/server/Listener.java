package dev.latchkey.server;

import dev.latchkey.config.ListenHost;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listening sockets, bound before anything else starts: the port is known early, and a taken one is told at once. */
final class Listener {
    private static final int BACKLOG = 1024;

    /** A port that is free on the first address may be taken on the second. */
    private static final int TRIES_FOR_A_FREE_PORT = 20;

    private Listener() {}

    /**
     * Sockets on one port of every address that the host stands for. {@code localhost} is both loopbacks, or the IPv4 one
     * alone where the machine has no other.
     *
     * @param port 0 = one that is free on all of them
     * @param flag the one that says the port
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when an address is not known or the port is taken
     */
    static List<ServerSocketChannel> bind(String host, int port, ServeFlag flag) {
        List<String> addresses = ListenHost.addresses(host);
        for (int tries = 1; ; tries++) {
            List<ServerSocketChannel> channels = new ArrayList<>();
            try {
                for (String address : addresses) {
                    int wanted = channels.isEmpty() ? port : portOf(channels.get(0));
                    channels.add(bindOne(address, wanted));
                }
                return channels;
            } catch (IOException e) {
                if (isMissing(addresses, channels)) {
                    return channels;
                }
                close(channels, e);
                if (port != 0 || channels.isEmpty() || tries == TRIES_FOR_A_FREE_PORT) {
                    throw cannot(addresses.get(channels.size()), port, reason(e, flag), e);
                }
            }
        }
    }

    /** The port of bound sockets, which is one. */
    static int portOf(ServerSocketChannel channel) {
        return addressOf(channel).getPort();
    }

    /** Where sockets of one port are reached, by the host that they were bound for. */
    static String url(String scheme, String host, List<ServerSocketChannel> channels) {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return scheme + name + ":" + portOf(channels.get(0));
    }

    /** Whether only this machine can reach it. */
    static boolean isLoopback(ServerSocketChannel channel) {
        return addressOf(channel).getAddress().isLoopbackAddress();
    }

    private static InetSocketAddress addressOf(ServerSocketChannel channel) {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException("a bound socket has an address", e);
        }
    }

    private static ServerSocketChannel bindOne(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw cannot(host, port, "the address is not known; check --host", null);
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.bind(address, BACKLOG);
        } catch (IOException e) {
            channel.close();
            throw e;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            channel.close();
            throw new IOException("this machine has no such address", e);
        }
    }

    /** Whether what failed is the second of two loopbacks, on a machine that has only the first. */
    private static boolean isMissing(List<String> addresses, List<ServerSocketChannel> bound) {
        if (bound.isEmpty() || addresses.size() == 1) {
            return false;
        }
        try {
            bindOne(addresses.get(bound.size()), 0).close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void close(List<ServerSocketChannel> channels, IOException failure) {
        for (ServerSocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private static String reason(IOException e, ServeFlag flag) {
        return e.getMessage() + "; stop what listens there or choose another " + flag.flag();
    }

    private static ServiceException cannot(String host, int port, String why, @Nullable Throwable cause) {
        String place = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String message = "Cannot listen on " + place + ":" + port + ": " + why + ".";
        return cause == null
                ? ServiceException.of(ErrorKind.MISCONFIGURED, message)
                : ServiceException.of(ErrorKind.MISCONFIGURED, message, cause);
    }
}
