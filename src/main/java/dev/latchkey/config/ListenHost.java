package dev.latchkey.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** What a host to listen on stands for, and whether only this machine can reach it. Asks no name server. */
public final class ListenHost {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** The first character keeps the platform from taking it for a name, which it would look up. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]*");

    private static final String LOCALHOST = "localhost";
    private static final List<String> LOOPBACKS = List.of("127.0.0.1", "::1");

    private ListenHost() {}

    /** The addresses to listen on: {@code localhost} is both loopbacks, anything else stands for itself. */
    public static List<String> addresses(String host) {
        return host.equalsIgnoreCase(LOCALHOST) ? LOOPBACKS : List.of(host);
    }

    /** An IPv6 address without the brackets it has in a URL; anything else as it is. */
    static String withoutBrackets(String host) {
        boolean bracketed = host.length() > 2 && host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    /** 127.0.0.0/8, ::1 in any spelling, and the name {@code localhost}; no other name, whatever it stands for. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase(LOCALHOST) || (isLiteral(host) && resolved(host));
    }

    private static boolean isLiteral(String host) {
        boolean ipv6 = host.contains(":") && IPV6.matcher(host).matches();
        return ipv6 || IPV4.matcher(host).matches();
    }

    private static boolean resolved(String literal) {
        if (IPV4.matcher(literal).matches()) {
            return literal.startsWith("127.");
        }
        try {
            return InetAddress.getByName(literal).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
