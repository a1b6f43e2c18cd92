package dev.latchkey.client;

/**
 * Nothing, or what cannot be read. It is refused like a wrong secret, after the same work.
 *
 * @param reason what is wrong, for the log; holds nothing of what was sent that could be a secret
 */
public record NoClientProof(String reason) implements ClientProof {}
