package dev.latchkey.http.api;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.RequestHost;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;

/**
 * Keeps web pages out that have their own name resolved to a loopback address (DNS rebinding): to a browser such a page
 * and this service are one origin, so that neither {@code Origin} nor {@code Sec-Fetch-Site} tells them apart. A service
 * that listens on loopback alone answers only to an IP address, to {@code localhost} and to the issuer's host. Immutable
 * and thread-safe.
 */
final class HostRule {
    private final boolean loopback;
    private final String issuerHost;

    /** @param loopback whether the service listens on loopback addresses alone; elsewhere every name is right */
    HostRule(boolean loopback, String issuer) {
        this.loopback = loopback;
        this.issuerHost = RequestHost.canonical(URI.create(issuer).getHost());
    }

    /**
     * Returns if the request names a host that this service has. A target in absolute form (RFC 9112 §3.2.2) names one
     * beside the {@code Host} header; both must be right.
     *
     * @throws ServiceException of kind FORBIDDEN
     */
    void require(Context ctx) {
        if (!loopback) {
            return;
        }
        Optional<RequestHost> host = RequestHost.of(ctx);
        Optional<RequestHost> target =
                RequestHost.parse(String.valueOf(ctx.req().getServerName()));
        if (host.filter(this::isOwn).isEmpty() || target.filter(this::isOwn).isEmpty()) {
            String named = host.filter(name -> !isOwn(name))
                    .or(() -> target)
                    .map(RequestHost::name)
                    .orElse("");
            throw ServiceException.of(
                    ErrorKind.FORBIDDEN,
                    "This service listens on loopback and is not called \"" + FieldError.cut(named)
                            + "\". Use localhost, an IP address or the issuer's host, " + issuerHost
                            + "; behind a proxy, start it with --issuer set to the address that people use.");
        }
    }

    private boolean isOwn(RequestHost host) {
        return host.name().equals("localhost") || host.name().equals(issuerHost) || host.isAddress();
    }
}
