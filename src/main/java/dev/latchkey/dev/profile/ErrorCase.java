package dev.latchkey.dev.profile;

import java.util.Locale;
import java.util.Optional;

/** What can be wrong with a token request, told apart as finely as some provider does. */
enum ErrorCase {
    INVALID_CLIENT,
    /** No key has the id. */
    UNKNOWN_CLIENT,
    MISSING_CLIENT_ID,
    /** An id came without a secret or an assertion. */
    MISSING_CLIENT_SECRET,
    INVALID_REQUEST,
    MISSING_GRANT_TYPE,
    INVALID_GRANT,
    UNSUPPORTED_GRANT_TYPE,
    INVALID_SCOPE,
    MISSING_SCOPE,
    INVALID_TARGET,
    TEMPORARILY_UNAVAILABLE,
    SERVER_ERROR;

    /** The case that answers where a provider does not tell this one apart. */
    Optional<ErrorCase> wider() {
        return switch (this) {
            case UNKNOWN_CLIENT, MISSING_CLIENT_ID, MISSING_CLIENT_SECRET -> Optional.of(INVALID_CLIENT);
            case MISSING_GRANT_TYPE -> Optional.of(INVALID_REQUEST);
            case MISSING_SCOPE -> Optional.of(INVALID_SCOPE);
            default -> Optional.empty();
        };
    }

    /** As the files of profiles name it. */
    String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
