package dev.latchkey.client;

import org.jspecify.annotations.Nullable;

/**
 * A JWT that a client signed with its own private key to prove who it is (RFC 7523 §2.2), unchecked.
 *
 * @param clientId what the request itself says the client is; null = nothing
 * @param jwt the assertion in compact form; never printed
 */
public record ClientAssertion(@Nullable String clientId, String jwt) implements ClientProof {
    @Override
    public String toString() {
        return "ClientAssertion[…]";
    }
}
