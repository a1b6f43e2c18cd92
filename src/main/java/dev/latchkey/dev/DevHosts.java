package dev.latchkey.dev;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Origin;
import dev.latchkey.http.exchange.RequestHost;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages away from {@code /dev} and {@code /api}: one that has its own name resolved to this machine (DNS
 * rebinding), and one of another origin. Immutable and thread-safe.
 */
final class DevHosts {
    private final Set<String> names;
    private final Origin issuer;

    /** @param more further names that the service has */
    DevHosts(String issuer, List<String> more) {
        this.names = Stream.concat(
                        Stream.of("localhost", String.valueOf(URI.create(issuer).getHost())), more.stream())
                .map(RequestHost::canonical)
                .collect(Collectors.toUnmodifiableSet());
        this.issuer = Origin.parse(issuer).orElseThrow(() -> new IllegalArgumentException("an issuer is a URL"));
    }

    /**
     * Returns if the request names a host that may be this service, and no page of another origin sent it.
     *
     * @param host the value of {@code Host}; null where there is none
     * @param target the authority of a target in absolute form (RFC 9112 §3.2.2), or the host again
     * @param origins the values of {@code Origin}
     * @throws ServiceException of kind FORBIDDEN
     */
    void require(@Nullable String host, @Nullable String target, List<String> origins) {
        for (@Nullable String named : new @Nullable String[] {host, target}) {
            if (host == null || (named != null && !isOwn(named))) {
                throw ServiceException.of(
                        ErrorKind.FORBIDDEN,
                        "The stand-in is not called \"" + FieldError.cut(String.valueOf(named))
                                + "\". Use an IP address, localhost, a name without a dot, or start it with --dev-hosts.");
            }
        }
        if (origins.size() > 1 || !origins.stream().allMatch(origin -> issuer.isOwn(origin, host))) {
            throw ServiceException.of(
                    ErrorKind.FORBIDDEN, "A web page of another origin may not call this: leave Origin out.");
        }
    }

    /** Whether a host, with a port or without, may be this service. */
    boolean isOwn(String text) {
        Optional<RequestHost> host = RequestHost.parse(text);
        return host.isPresent()
                && (host.get().isAddress()
                        || names.contains(host.get().name())
                        || host.get().name().matches("[^.\\[\\]]+"));
    }
}
