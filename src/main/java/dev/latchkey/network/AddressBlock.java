package dev.latchkey.network;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of addresses (CIDR, RFC 4632 and RFC 4291 §2.3): those whose first bits are the same. Immutable. */
public final class AddressBlock {
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.\\[\\]]+)(?:/(\\d{1,3}))?");

    private final byte[] first;
    private final int prefix;

    private AddressBlock(byte[] first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /** The block that the text is, {@code 10.0.0.0/8} or {@code fd00::/8}; one address without a prefix is a block of one. */
    public static Optional<AddressBlock> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> bytes = IpAddress.parse(matcher.group(1)).map(InetAddress::getAddress);
        int bits = bytes.map(address -> address.length * Byte.SIZE).orElse(0);
        int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
        return bytes.filter(address -> prefix <= bits).map(address -> new AddressBlock(address, prefix));
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
            int counted = Math.min(Byte.SIZE, prefix - bit);
            int differing = (bytes[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & 0xff;
            if (differing >> (Byte.SIZE - counted) != 0) {
                return false;
            }
        }
        return true;
    }
}
