package dev.latchkey.token.issuing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.token.TokenRefusedException;

/**
 * One kind of authorization grant (RFC 6749 §1.3): decides whom a token is about. {@link TokenIssuer} does what all of
 * them have in common: client authentication before, scope, target and lifetime after. Thread-safe.
 */
public interface Grant {
    /** The value of {@code grant_type}. */
    String type();

    /**
     * Whom the token is to be about.
     *
     * @param request what this grant alone asks for is among its {@link TokenRequest#parameters}
     * @param client the key that was authenticated
     * @throws TokenRefusedException when the request does not hold what this grant asks for
     */
    Subject subject(TokenRequest request, AccessKey client);

    /**
     * Whom a token is about.
     *
     * @param id {@code sub}
     * @param claims what the token says of the subject beside the registered claims
     */
    record Subject(String id, CustomClaims claims) {}
}
