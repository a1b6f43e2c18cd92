package dev.latchkey.issuer;

import dev.latchkey.network.IpAddress;
import dev.latchkey.network.OutboundAddresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Which URLs a JWK Set may be fetched from, as far as the URL itself says. */
public final class JwksUrls {
    private JwksUrls() {}

    /** An absolute http(s) URL without user or fragment; empty when the text is none. */
    public static Optional<URI> absolute(String text) {
        try {
            URI url = new URI(text).parseServerAuthority();
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            return Optional.of(url).filter(found -> web && plain);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Why nothing may be fetched from there; empty = it may. */
    public static Optional<String> problem(URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme()) && !OutboundAddresses.isLoopbackLiteral(url.getHost())) {
            return Optional.of("must be https (or http to 127.0.0.1 or [::1])");
        }
        return IpAddress.parse(url.getHost())
                .filter(OutboundAddresses::isForbidden)
                .map(address -> "must not be at a link-local address, or one that has a special meaning");
    }
}
