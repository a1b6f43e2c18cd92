package dev.latchkey.token;

import java.util.Optional;

/**
 * No token, and why. The description is public ({@code error_description}, RFC 6749 §5.2); the reason is for the log
 * and may say more.
 */
public final class TokenRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final OAuthError error;
    private final String description;

    private final transient Optional<String> keyId;

    private TokenRefusedException(OAuthError error, String description, String reason, Optional<String> keyId) {
        super(reason, null, false, false);
        this.error = error;
        this.description = description;
        this.keyId = keyId;
    }

    public static TokenRefusedException of(OAuthError error, String description) {
        return new TokenRefusedException(error, description, description, Optional.empty());
    }

    /** The same, with more in the log than the client is told. */
    public static TokenRefusedException of(OAuthError error, String description, String reason) {
        return new TokenRefusedException(error, description, reason, Optional.empty());
    }

    /** The same of a client that was authenticated as this key, which the reason names. */
    public TokenRefusedException of(String id) {
        return new TokenRefusedException(error, description, getMessage() + " (key " + id + ")", Optional.of(id));
    }

    /** The key that asks; empty where that is not known. */
    public Optional<String> keyId() {
        return keyId;
    }

    public OAuthError error() {
        return error;
    }

    public String description() {
        return description;
    }
}
