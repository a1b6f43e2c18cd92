package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Tells clients about tokens (RFC 7662). Any client may ask about any token of this issuer. Thread-safe. */
public final class TokenIntrospector {
    private final ClientGate gate;
    private final AccessTokens tokens;

    public TokenIntrospector(ClientAuthenticator authenticator, AccessTokens tokens, Clock clock) {
        this.gate = new ClientGate(authenticator, clock);
        this.tokens = tokens;
    }

    /**
     * The token, if it is active.
     *
     * @throws TokenRefusedException when the client is not authenticated or sends no token
     * @throws InvalidTokenException when the token is not active (§2.2)
     */
    public VerifiedToken introspect(ClientProof credentials, @Nullable String token) {
        AccessKey client = gate.authenticate(credentials);
        return tokens.verify(ClientGate.require(token, client));
    }
}
