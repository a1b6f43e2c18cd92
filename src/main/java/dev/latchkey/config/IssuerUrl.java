package dev.latchkey.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The rule for issuers (RFC 8414 §2), which are compared character by character by every verifier. */
final class IssuerUrl {
    private static final int MAX_LENGTH = 500;

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
        if (uri.getRawUserInfo() != null) {
            return Optional.of("must not hold a user name or password");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("must not have a query or a fragment (RFC 8414 section 2)");
        }
        if (uri.getPort() > ServeSettings.MAX_PORT || uri.getPort() == 0) {
            return Optional.of("must have a port of 1 to 65535, or none");
        }
        if (issuer.endsWith("/")) {
            return Optional.of("must not end with a slash; write it without");
        }
        boolean plain = issuer.length() <= MAX_LENGTH && issuer.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        return plain ? Optional.empty() : Optional.of("must be at most " + MAX_LENGTH + " ASCII characters");
    }
}
