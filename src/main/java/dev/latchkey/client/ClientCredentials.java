package dev.latchkey.client;

/**
 * What a client presents to prove who it is (RFC 6749 §2.3.1): an id and a secret, neither checked.
 *
 * @param clientId the id, as presented
 * @param clientSecret the secret, as presented; never printed
 */
public record ClientCredentials(String clientId, String clientSecret) implements ClientProof {
    @Override
    public String toString() {
        return "ClientCredentials[…]";
    }
}
