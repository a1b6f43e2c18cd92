package dev.latchkey.token;

/**
 * The token is none of ours, or does not count any more. One and the same for every cause: the message is the true
 * reason, holds nothing of the token but ids that were verified, and goes to the log alone.
 */
public final class InvalidTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidTokenException(String reason) {
        super(reason, null, false, false);
    }
}
