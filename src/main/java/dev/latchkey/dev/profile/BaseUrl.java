package dev.latchkey.dev.profile;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What a service's URLs begin with: the issuer, or its path at another host by which a container or a proxy reaches it. */
public final class BaseUrl {
    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9._-]{1,255}|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?");

    private BaseUrl() {}

    /** The issuer with scheme and host, in lower case, of this request; the issuer itself where that is its host, or none. */
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

    /** The path of an issuer, below which everything answers too; empty = it has none. */
    public static String path(String issuer) {
        return String.valueOf(URI.create(issuer).getRawPath());
    }

    /** A path without that of the issuer, where it has that. */
    public static String below(String issuerPath, String path) {
        return !issuerPath.isEmpty() && isAtOrBelow(issuerPath, path) ? path.substring(issuerPath.length()) : path;
    }

    public static boolean isAtOrBelow(String top, String path) {
        return path.startsWith(top) && (path.length() == top.length() || path.charAt(top.length()) == '/');
    }
}
