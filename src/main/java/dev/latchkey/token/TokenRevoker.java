package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends tokens before their time (RFC 7009). Thread-safe. */
public final class TokenRevoker {
    private final ClientGate gate;
    private final AccessTokens tokens;

    public TokenRevoker(ClientAuthenticator authenticator, AccessTokens tokens, Clock clock) {
        this.gate = new ClientGate(authenticator, clock);
        this.tokens = tokens;
    }

    /**
     * Revokes a token of the client's own, at once and on every replica. A token that does not count, and one of another
     * client, is passed over in silence (§2.2): the client shall learn nothing about it.
     *
     * @return why the token was passed over, for the log; empty when it is revoked now
     * @throws TokenRefusedException when the client is not authenticated or sends no token
     */
    public Optional<String> revoke(ClientProof credentials, @Nullable String token) {
        AccessKey client = gate.authenticate(credentials);
        return tokens.revoke(ClientGate.require(token, client), client);
    }
}
