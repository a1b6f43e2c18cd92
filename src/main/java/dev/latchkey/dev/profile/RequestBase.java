package dev.latchkey.dev.profile;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What the URLs of endpoints begin with for one request: inside and outside a container the service has other names. */
public final class RequestBase {
    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9._-]{1,255}|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?");

    private RequestBase() {}

    /**
     * The issuer with the scheme and the host, in lower case, that the request came by; the issuer itself where that is its
     * host, behind a proxy perhaps, or none.
     */
    public static String of(Request request, String issuer) {
        URI own = URI.create(issuer);
        String sent = request.getHeaders().get(HttpHeader.HOST);
        String host = sent == null ? "" : sent.toLowerCase(Locale.ROOT);
        return isHost(host) && !host.equalsIgnoreCase(own.getRawAuthority())
                ? (request.isSecure() ? "https://" : "http://") + host + own.getRawPath()
                : issuer;
    }

    /** Whether a text in lower case is a host, with a port or without. */
    public static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }
}
