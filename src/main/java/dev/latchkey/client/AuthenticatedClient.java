package dev.latchkey.client;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.SecretHash;
import org.jspecify.annotations.Nullable;

/**
 * A client that has proved who it is.
 *
 * @param key the key that it is
 * @param secret which of the key's secrets it proved itself by; null = it used a signed assertion
 */
public record AuthenticatedClient(AccessKey key, @Nullable SecretHash secret) {}
