package dev.latchkey.http.client;

import dev.latchkey.network.OutboundAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Finds the addresses of a host that may be connected to: what it answers is what is connected to, so that a name which leads
 * elsewhere a moment later changes nothing. A name that leads to this machine is refused; its address itself is not.
 */
final class JudgingResolver implements SocketAddressResolver {
    private final Executor executor;

    JudgingResolver(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        // A name server may take its time.
        executor.execute(() -> {
            try {
                promise.succeeded(addresses(host, port));
            } catch (UnknownHostException e) {
                promise.failed(e);
            }
        });
    }

    private static List<InetSocketAddress> addresses(String host, int port) throws UnknownHostException {
        boolean literal = OutboundAddresses.isLoopbackLiteral(host);
        List<InetSocketAddress> allowed = Arrays.stream(allOf(host))
                .filter(address -> !OutboundAddresses.isForbidden(address))
                .filter(address -> literal || !OutboundAddresses.isLoopback(address))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (allowed.isEmpty()) {
            throw new UnknownHostException(
                    host + " leads to addresses that are link-local, this machine's own or special");
        }
        return allowed;
    }

    private static InetAddress[] allOf(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            // The JDK's message is the name alone, or that of a function of the C library.
            throw new UnknownHostException("no address is known for " + host);
        }
    }
}
