package dev.latchkey.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The proxies that are believed when they say for whom they ask ({@code X-Forwarded-For}). Immutable. */
public final class TrustedProxies {
    /** Believes none. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** The header that each proxy appends to: the address that it was asked from. */
    public static final String HEADER = "X-Forwarded-For";

    /** An address with the port that some proxies add. */
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*\\]|[0-9.]+):\\d{1,5}");

    private final List<AddressBlock> blocks;

    public TrustedProxies(List<AddressBlock> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /** Whether none is believed. */
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /**
     * Who asks: the last address of the header that is no trusted proxy's, since what stands before it was written by
     * that client. An entry that is no address ends the search at the proxy that passed it on; where all are trusted, the
     * first is the client. From a peer that is not trusted the header counts for nothing.
     *
     * @param peer the address that the connection comes from
     * @param headers the values of every such header, in their order
     */
    public String clientOf(String peer, List<String> headers) {
        Optional<InetAddress> client = IpAddress.parse(peer);
        if (client.isEmpty()) {
            return peer;
        }
        InetAddress nearest = client.get();
        for (int line = headers.size() - 1; line >= 0; line--) {
            String[] entries = headers.get(line).split(",", -1);
            for (int i = entries.length - 1; i >= 0; i--) {
                Optional<InetAddress> before = isTrusted(nearest) ? address(entries[i].strip()) : Optional.empty();
                if (before.isEmpty()) {
                    return IpAddress.text(nearest);
                }
                nearest = before.get();
            }
        }
        return IpAddress.text(nearest);
    }

    private boolean isTrusted(InetAddress address) {
        for (AddressBlock block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<InetAddress> address(String entry) {
        Matcher matcher = WITH_PORT.matcher(entry);
        return IpAddress.parse(matcher.matches() ? matcher.group(1) : entry);
    }
}
