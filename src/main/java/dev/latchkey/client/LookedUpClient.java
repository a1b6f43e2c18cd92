package dev.latchkey.client;

import dev.latchkey.accesskey.AccessKey;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The same with the key that has this id, read from the store for this request; nothing else of it is checked.
 *
 * @param key fails as the reading did
 */
public record LookedUpClient(ClientCredentials credentials, Supplier<Optional<AccessKey>> key) implements ClientProof {}
