package dev.latchkey.http.exchange;

import java.util.Optional;

/** Reads {@code Authorization: Bearer} (RFC 6750 §2.1), with the scheme in any case (RFC 9110 §11.1). */
public final class BearerToken {
    private static final String SCHEME = "Bearer";

    private BearerToken() {}

    /** What follows the scheme, as it stands there, empty too; nothing when the header's value is of another scheme. */
    public static Optional<String> parse(String header) {
        int length = SCHEME.length();
        if (!header.regionMatches(true, 0, SCHEME, 0, length)) {
            return Optional.empty();
        }
        if (header.length() == length) {
            return Optional.of("");
        }
        return header.charAt(length) == ' '
                ? Optional.of(header.substring(length).strip())
                : Optional.empty();
    }
}
