package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import dev.latchkey.client.ClientRefusedException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What introspection and revocation have in common: who asks, and about which token. Thread-safe. */
final class ClientGate {
    private final ClientAuthenticator authenticator;
    private final Clock clock;

    ClientGate(ClientAuthenticator authenticator, Clock clock) {
        this.authenticator = authenticator;
        this.clock = clock;
    }

    /** The client, authenticated as at the token endpoint (RFC 7662 §2.1, RFC 7009 §2.1). */
    AccessKey authenticate(ClientProof credentials) {
        try {
            return authenticator.authenticate(credentials, clock.instant()).key();
        } catch (ClientRefusedException e) {
            throw TokenRefusedException.invalidClient(String.valueOf(e.getMessage()));
        }
    }

    static String require(@Nullable String token, AccessKey client) {
        if (token == null) {
            throw TokenRefusedException.of(OAuthError.INVALID_REQUEST, "token is missing.")
                    .of(client.id());
        }
        return token;
    }
}
