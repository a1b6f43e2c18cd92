package dev.latchkey.token.issuing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.TokenRefusedException;
import java.time.Instant;
import java.util.List;

/** Decides what a token says when a client may have one: scope, audience and time. Thread-safe. */
public interface IssuingRules {
    /**
     * The scope of the token (RFC 6749 §3.3).
     *
     * @throws TokenRefusedException with {@code invalid_scope} when the request asks for what the key does not have
     */
    ScopeSet scope(TokenRequest request, AccessKey key);

    /**
     * The audience of the token (RFC 8707 §2).
     *
     * @param granted the scope that was granted
     * @throws TokenRefusedException with {@code invalid_target} or {@code invalid_request}
     */
    List<String> audience(TokenRequest request, AccessKey key, ScopeSet granted);

    /**
     * What the token says of the time when it is issued.
     *
     * @param now in whole seconds
     */
    Instant issuedAt(Instant now);
}
