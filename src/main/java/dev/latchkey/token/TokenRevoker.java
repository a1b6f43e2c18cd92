package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import dev.latchkey.client.ClientRefusedException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends tokens before their time (RFC 7009). Thread-safe. */
public final class TokenRevoker {
    private final ClientAuthenticator authenticator;
    private final AccessTokens tokens;
    private final Clock clock;

    public TokenRevoker(ClientAuthenticator authenticator, AccessTokens tokens, Clock clock) {
        this.authenticator = authenticator;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * A token that was passed over.
     *
     * @param keyId the client that asked
     * @param why for the log
     */
    public record PassedOver(String keyId, String why) {}

    /**
     * Revokes a token of the client's own, at once and on every replica. A token that does not count, and one of another
     * client, is passed over in silence (§2.2): the client shall learn nothing about it. The client is authenticated as at
     * the token endpoint (§2.1).
     *
     * @return empty when it is revoked now
     * @throws ClientRefusedException when the client is not authenticated
     * @throws TokenRefusedException when it sends no token
     */
    public Optional<PassedOver> revoke(ClientProof credentials, @Nullable String token) {
        AccessKey client =
                authenticator.authenticate(credentials, clock.instant()).key();
        return tokens.revoke(AccessTokens.require(token, client), client).map(why -> new PassedOver(client.id(), why));
    }
}
