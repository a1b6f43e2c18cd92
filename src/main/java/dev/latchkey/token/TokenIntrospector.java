package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import dev.latchkey.client.ClientRefusedException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Tells clients about tokens (RFC 7662). Any client may ask about any token of this issuer. Thread-safe. */
public final class TokenIntrospector {
    private final ClientAuthenticator authenticator;
    private final AccessTokens tokens;
    private final Clock clock;
    private final TokenListener listener;

    public TokenIntrospector(
            ClientAuthenticator authenticator, AccessTokens tokens, Clock clock, TokenListener listener) {
        this.authenticator = authenticator;
        this.tokens = tokens;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * The token, if it is active. The client is authenticated as at the token endpoint (§2.1).
     *
     * @throws ClientRefusedException when the client is not authenticated
     * @throws TokenRefusedException when it sends no token
     * @throws InvalidTokenException when the token is not active (§2.2)
     */
    public VerifiedToken introspect(ClientProof credentials, @Nullable String token) {
        AccessKey client =
                authenticator.authenticate(credentials, clock.instant()).key();
        VerifiedToken active;
        try {
            active = tokens.verify(AccessTokens.require(token, client));
        } catch (InvalidTokenException e) {
            listener.introspected(false);
            throw e.askedBy(client.id());
        }
        listener.introspected(true);
        return active;
    }
}
