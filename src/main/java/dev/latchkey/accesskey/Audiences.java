package dev.latchkey.accesskey;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The one rule of equality for resources and audiences (RFC 8707 §2, RFC 7519 §4.1.3). Absolute http and https URIs are
 * equal when they differ in nothing but the case of scheme and host, or an empty path against {@code /} (RFC 3986 §6.2.2.1,
 * §6.2.3); all other texts only when they are the same.
 */
public final class Audiences {
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    private Audiences() {}

    /** The first of these that equals {@code wanted}, in the form in which it stands there; the same text before others. */
    public static Optional<String> find(Collection<String> held, String wanted) {
        if (held.contains(wanted)) {
            return Optional.of(wanted);
        }
        String canonical = canonical(wanted);
        for (String one : held) {
            if (canonical(one).equals(canonical)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether one of these equals {@code wanted}. */
    public static boolean contain(Collection<String> held, String wanted) {
        return find(held, wanted).isPresent();
    }

    private static String canonical(String audience) {
        int authority = startOfAuthority(audience);
        if (authority == 0) {
            return audience;
        }
        int end = authority;
        while (end < audience.length() && "/?#".indexOf(audience.charAt(end)) < 0) {
            end++;
        }
        int host = audience.lastIndexOf('@', end - 1) + 1;
        if (host < authority) {
            host = authority;
        }
        if (host == end) {
            return audience;
        }
        boolean emptyPath = end == audience.length() || audience.charAt(end) != '/';
        return audience.substring(0, authority).toLowerCase(Locale.ROOT)
                + audience.substring(authority, host)
                + audience.substring(host, end).toLowerCase(Locale.ROOT)
                + (emptyPath ? "/" : "")
                + audience.substring(end);
    }

    /** Where the authority of an absolute http(s) URI begins; 0 = it is none. */
    private static int startOfAuthority(String audience) {
        if (audience.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
            return HTTPS.length();
        }
        return audience.regionMatches(true, 0, HTTP, 0, HTTP.length()) ? HTTP.length() : 0;
    }
}
