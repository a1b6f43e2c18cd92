package dev.latchkey.client;

/**
 * The client is not who it says, or may not act now. One and the same for every cause: the message is the true reason
 * and goes to the log alone. It holds no secret, and of the presented id only what {@link ClientAuthenticator} finds
 * harmless.
 */
public final class ClientRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientRefusedException(String reason) {
        super(reason, null, false, false);
    }
}
