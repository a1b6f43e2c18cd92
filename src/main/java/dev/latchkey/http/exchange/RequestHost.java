package dev.latchkey.http.exchange;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host that a request names (RFC 9110 §7.2).
 *
 * @param name in lower case, without a trailing dot; an IPv6 address has its brackets
 * @param port {@value #HTTP_PORT} where the request names none
 */
public record RequestHost(String name, int port) {
    private static final int HTTP_PORT = 80;

    /** What a request names that has no {@code Host}. */
    public static final RequestHost NONE = new RequestHost("", HTTP_PORT);

    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+)(?::(\\d{0,5}))?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    /** What the {@code Host} header says; empty when there is none, or it is malformed. */
    public static Optional<RequestHost> of(Context ctx) {
        String header = ctx.req().getHeader("Host");
        return header == null ? Optional.empty() : parse(header);
    }

    /** The host that a text names; empty when it is malformed. */
    public static Optional<RequestHost> parse(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            return Optional.empty();
        }
        String digits = host.group(2);
        int port = digits == null || digits.isEmpty() ? HTTP_PORT : Integer.parseInt(digits);
        return port > MAX_PORT ? Optional.empty() : Optional.of(new RequestHost(canonical(host.group(1)), port));
    }

    /** A name in the one form that names are compared in. */
    public static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Whether it is an IP address, which no name server can lead elsewhere. Asks no name server. */
    public boolean isAddress() {
        if (!name.startsWith("[")) {
            return IPV4.matcher(name).matches();
        }
        try {
            return InetAddress.getByName(name) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
