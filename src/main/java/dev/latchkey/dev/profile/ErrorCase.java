package dev.latchkey.dev.profile;

import java.util.Locale;
import java.util.Optional;

/** What can be wrong with a token request, told apart as finely as some provider does. */
enum ErrorCase {
    INVALID_CLIENT,
    /** No key has the id. */
    UNKNOWN_CLIENT(INVALID_CLIENT),
    MISSING_CLIENT_ID(INVALID_CLIENT),
    /** An id came without a secret or an assertion. */
    MISSING_CLIENT_SECRET(INVALID_CLIENT),
    INVALID_REQUEST,
    MISSING_GRANT_TYPE(INVALID_REQUEST),
    INVALID_GRANT,
    UNSUPPORTED_GRANT_TYPE,
    INVALID_SCOPE,
    MISSING_SCOPE(INVALID_SCOPE),
    INVALID_TARGET,
    TEMPORARILY_UNAVAILABLE,
    SERVER_ERROR;

    private final Optional<ErrorCase> wider;

    ErrorCase() {
        this.wider = Optional.empty();
    }

    ErrorCase(ErrorCase wider) {
        this.wider = Optional.of(wider);
    }

    /** The case that answers where a provider does not tell this one apart. */
    Optional<ErrorCase> wider() {
        return wider;
    }

    /** As the files of profiles name it. */
    String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
