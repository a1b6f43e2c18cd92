package dev.latchkey.http.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An origin (RFC 6454 §4): scheme, host and port, the default port spelled out. */
public record Origin(String scheme, String host, int port) {
    /** The origin of a URL; empty when the text is not one. */
    public static Optional<Origin> parse(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() == null || uri.getHost() == null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int standard = scheme.equals("https") ? 443 : 80;
            int port = uri.getPort() < 0 ? standard : uri.getPort();
            return Optional.of(new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a page of {@code origin} is one of the service whose issuer has this origin. So is a page at the host that the
     * request was sent to, by either scheme, since a proxy may end TLS in front; but at the issuer's own host only by the
     * issuer's scheme.
     *
     * @param origin the value of {@code Origin}
     * @param host the value of {@code Host}; null where there is none
     */
    public boolean isOwn(String origin, @Nullable String host) {
        Optional<Origin> other = parse(origin);
        if (other.isEmpty() || host == null) {
            return false;
        }
        if (other.get().equals(this)) {
            return true;
        }
        boolean issuersHost = parse(scheme + "://" + host).equals(Optional.of(this));
        return !issuersHost && parse(other.get().scheme() + "://" + host).equals(other);
    }
}
