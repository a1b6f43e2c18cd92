package dev.latchkey.network;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses the service may connect to when an operator has named a URL: any that can be another machine's, private
 * ones included, and none that is link-local, stands for this machine, or serves a cloud's instances their own credentials.
 * An IPv4 address that stands in an IPv6 one counts as itself. Stateless.
 */
public final class OutboundAddresses {
    /** This host (RFC 1122), link-local, metadata of Oracle, Azure and Alibaba; multicast, broadcast. */
    private static final List<AddressBlock> IPV4 = blocks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.192",
            "168.63.129.16",
            "100.100.100.200",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** Unspecified, link- and site-local, metadata of AWS and Google, multicast, Teredo, which hides the address within. */
    private static final List<AddressBlock> IPV6 =
            blocks("::", "fe80::/10", "fec0::/10", "fd00:ec2::/32", "fd20:ce::/32", "ff00::/8", "2001::/32");

    /** Each with the place of the IPv4 address in it: NAT64 (RFC 6052, RFC 8215), 6to4, IPv4-translated and -compatible. */
    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding(blocks("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96", "::/96"), 12),
            new Embedding(blocks("2002::/16"), 2));

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private record Embedding(List<AddressBlock> blocks, int offset) {}

    private OutboundAddresses() {}

    private static List<AddressBlock> blocks(String... blocks) {
        return Arrays.stream(blocks)
                .map(block -> AddressBlock.parse(block).orElseThrow())
                .toList();
    }

    /** Whether the text is the address of this machine itself, as an address and not as a name. */
    public static boolean isLoopbackLiteral(String host) {
        return IpAddress.parse(host).filter(OutboundAddresses::isLoopback).isPresent();
    }

    /** Whether nothing may be asked of this address, whatever leads to it. Loopback is for the caller to judge. */
    public static boolean isForbidden(InetAddress address) {
        if (address instanceof Inet4Address) {
            return isIn(IPV4, address);
        }
        return !isLoopback(address)
                && (isIn(IPV6, address)
                        || embedded(address)
                                .filter(inner -> isForbidden(inner) || isLoopback(inner))
                                .isPresent());
    }

    public static boolean isLoopback(InetAddress address) {
        return address.isLoopbackAddress();
    }

    private static Optional<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        // IPv4-mapped: the JDK unwraps what it parses, but not what a name server answers.
        if (Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
            return Optional.of(ipv4(Arrays.copyOfRange(bytes, MAPPED.length, bytes.length)));
        }
        return EMBEDDINGS.stream()
                .filter(embedding -> address instanceof Inet6Address && isIn(embedding.blocks(), address))
                .findFirst()
                .map(embedding -> Arrays.copyOfRange(bytes, embedding.offset(), embedding.offset() + 4))
                .map(OutboundAddresses::ipv4);
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not four bytes", e);
        }
    }

    private static boolean isIn(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}
