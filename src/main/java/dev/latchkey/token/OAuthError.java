package dev.latchkey.token;

import java.util.Locale;

/** The error codes of RFC 6749 §5.2 and §4.1.2.1 and RFC 8707 §2 that the token endpoint answers with. */
public enum OAuthError {
    INVALID_REQUEST,
    INVALID_CLIENT,
    INVALID_GRANT,
    UNSUPPORTED_GRANT_TYPE,
    INVALID_SCOPE,
    INVALID_TARGET,
    TEMPORARILY_UNAVAILABLE;

    /** The code in the {@code error} member. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
