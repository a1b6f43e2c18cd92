package dev.latchkey.issuer;

import dev.latchkey.network.IpAddress;
import dev.latchkey.network.OutboundAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which URLs a JWK Set may be fetched from, as far as the URL itself says. */
public final class JwksUrls {
    private JwksUrls() {}

    private static final int LAST_PORT = 65_535;

    /** How a name ends that some resolvers read as an IPv4 address: 2130706433, 0x7f.1, 0251.254.169.254. */
    private static final Pattern NUMBER_LAST = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX]\\p{XDigit}*)\\.?");

    /** An absolute http(s) URL without user or fragment; empty when the text is none. */
    public static Optional<URI> absolute(String text) {
        try {
            URI url = new URI(text).parseServerAuthority();
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            boolean reachable = url.getPort() != 0 && url.getPort() <= LAST_PORT;
            return Optional.of(url).filter(found -> web && plain && reachable);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Why nothing may be fetched from there; empty = it may. */
    public static Optional<String> problem(URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme()) && !OutboundAddresses.isLoopbackLiteral(url.getHost())) {
            return Optional.of("must be https (or http to 127.0.0.1 or [::1])");
        }
        Optional<InetAddress> address = IpAddress.parse(url.getHost());
        if (address.isEmpty() && NUMBER_LAST.matcher(url.getHost()).matches()) {
            return Optional.of("must have a host name, or an address written in full, such as 10.0.0.7");
        }
        return address.filter(OutboundAddresses::isForbidden)
                .map(forbidden -> "must not be at a link-local address, or one that has a special meaning");
    }
}
