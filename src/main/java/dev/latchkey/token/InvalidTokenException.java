package dev.latchkey.token;

import java.util.Optional;

/**
 * The token is none of ours, or does not count any more. One and the same for every cause: the message is the true
 * reason, holds nothing of the token but ids that were verified, and goes to the log alone.
 */
public final class InvalidTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> keyId;

    public InvalidTokenException(String reason) {
        this(reason, Optional.empty());
    }

    private InvalidTokenException(String reason, Optional<String> keyId) {
        super(reason, null, false, false);
        this.keyId = keyId;
    }

    /** The same of a token that was issued to this key. */
    InvalidTokenException of(String id) {
        return new InvalidTokenException(String.valueOf(getMessage()), Optional.of(id));
    }

    /** The same, asked about by a client that is this key, which the reason names. */
    InvalidTokenException askedBy(String id) {
        return new InvalidTokenException(getMessage() + " (key " + id + ")", Optional.of(id));
    }

    /** The key that asks; empty where that is not known. */
    public Optional<String> keyId() {
        return keyId;
    }
}
