package dev.latchkey.user;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The network that sign-ins from an address are counted for. */
final class SignInNetwork {
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final int IPV4_BYTES = 4;
    private static final int PREFIX_BYTES = 8;

    private SignInNetwork() {}

    /** An IPv4 address as it is; of an IPv6 address, in any spelling, its first 64 bits. Asks no name server. */
    static String of(String address) {
        String bare = address.replaceAll("[\\[\\]]|%.*", "");
        if (!IPV6.matcher(bare).matches()) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(bare);
            byte[] bytes = parsed.getAddress();
            return bytes.length == IPV4_BYTES
                    ? parsed.getHostAddress()
                    : HexFormat.of().formatHex(bytes, 0, PREFIX_BYTES) + "/64";
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
