package dev.latchkey.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rule for issuers (RFC 8414 §2), which are compared character by character by every verifier. */
final class IssuerUrl {
    private static final int MAX_LENGTH = 500;

    /** Whatever proxies, routers and URL libraries read in different ways is left out, segments of dots above all. */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*");

    private IssuerUrl() {}

    /** What is wrong with it, to follow its name; empty when nothing is. */
    static Optional<String> problem(String issuer) {
        URI uri;
        try {
            uri = new URI(issuer);
        } catch (URISyntaxException e) {
            return Optional.of("must be an absolute http or https URL, such as https://login.example.com");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
            return Optional.of("must be an absolute http or https URL with a host name of letters, digits, - and ., "
                    + "such as https://login.example.com");
        }
        if (issuer.endsWith("/")) {
            return Optional.of("must not end with a slash; write it without");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("must not hold a user name or password");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("must not have a query or a fragment (RFC 8414 section 2)");
        }
        if (!PATH.matcher(uri.getRawPath()).matches()) {
            return Optional.of(
                    "must have a path of plain segments, or none: letters, digits and - . _ ~ between single "
                            + "slashes, such as https://example.com/tenants/a");
        }
        if (uri.getPort() > ServeSettings.MAX_PORT || uri.getPort() == 0) {
            return Optional.of("must have a port of 1 to 65535, or none");
        }
        boolean plain = issuer.length() <= MAX_LENGTH && issuer.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        return plain ? Optional.empty() : Optional.of("must be at most " + MAX_LENGTH + " ASCII characters");
    }
}
