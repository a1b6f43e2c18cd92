package dev.latchkey.http.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What connections of one client have in common: an IPv4 address, or the network of an IPv6 address. */
final class ClientNetwork {
    /** The part of an IPv6 address that names a network; one client may have all addresses of one. */
    private static final int IPV6_PREFIX_BYTES = 8;

    private ClientNetwork() {}

    /** A value that is equal for addresses of one network. */
    static Object of(@Nullable SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress inet)) {
            return "gone";
        }
        InetAddress address = inet.getAddress();
        byte[] bytes = address.getAddress();
        return bytes.length > IPV6_PREFIX_BYTES ? ByteBuffer.wrap(bytes, 0, IPV6_PREFIX_BYTES) : address;
    }
}
