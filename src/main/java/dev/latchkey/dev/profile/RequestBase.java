package dev.latchkey.dev.profile;

import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What the URLs of endpoints begin with for one request: inside and outside a container the service has other names. */
public final class RequestBase {
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");

    private RequestBase() {}

    /** The issuer with the scheme and the host that the request came by; the issuer itself where that names no host. */
    public static String of(Request request, String issuer) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        return host != null && HOST.matcher(host).matches()
                ? (request.isSecure() ? "https://" : "http://")
                        + host
                        + URI.create(issuer).getRawPath()
                : issuer;
    }
}
