package dev.latchkey.client;

import java.util.Optional;

/**
 * The client is not who it says, or may not act now. One and the same for every cause: the message is the true reason
 * and goes to the log alone. It holds no secret, and of the presented id only what {@link ClientAuthenticator} finds
 * harmless.
 */
public final class ClientRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> keyId;

    public ClientRefusedException(String reason) {
        this(reason, Optional.empty());
    }

    private ClientRefusedException(String reason, Optional<String> keyId) {
        super(reason, null, false, false);
        this.keyId = keyId;
    }

    /** The same of a client that says to be this key. */
    public ClientRefusedException of(String id) {
        return new ClientRefusedException(String.valueOf(getMessage()), Optional.of(id));
    }

    /** The key that the client says to be; empty where it says none that could be one. */
    public Optional<String> keyId() {
        return keyId;
    }
}
