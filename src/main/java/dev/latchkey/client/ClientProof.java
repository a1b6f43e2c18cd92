package dev.latchkey.client;

import dev.latchkey.accesskey.AccessKey;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client presents to prove who it is, in one of the ways there are (RFC 6749 §2.3). Nothing in it is checked. */
public sealed interface ClientProof {
    /**
     * An id and a secret (§2.3.1).
     *
     * @param clientSecret never printed
     */
    record Credentials(String clientId, String clientSecret) implements ClientProof {
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }

    /**
     * The same with the key that has this id, read from the store for this request; nothing else of it is checked.
     *
     * @param key fails as the reading did
     */
    record LookedUp(Credentials credentials, Supplier<Optional<AccessKey>> key) implements ClientProof {}

    /**
     * A JWT that a client signed with its own private key (RFC 7523 §2.2).
     *
     * @param clientId what the request itself says the client is; null = nothing
     * @param jwt the assertion in compact form; never printed
     */
    record Assertion(@Nullable String clientId, String jwt) implements ClientProof {
        @Override
        public String toString() {
            return "Assertion[…]";
        }
    }

    /**
     * Nothing, or what cannot be read. It is refused like a wrong secret, after the same work.
     *
     * @param reason what is wrong, for the log; holds nothing of what was sent that could be a secret
     */
    record None(String reason) implements ClientProof {}
}
