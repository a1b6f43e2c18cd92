package dev.latchkey.token.issuing;

import dev.latchkey.client.ClientProof;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access token request (RFC 6749 §3.2) as it was sent; nothing in it is checked. A parameter without a value
 * counts as left out (§3.2).
 *
 * @param credentials how the client authenticates
 * @param grantType {@code grant_type}
 * @param scope {@code scope}; null = all that the key has
 * @param resources targets (RFC 8707), which alone may repeat
 * @param audience {@code audience}, the older way to name one target
 * @param parameters all that was sent, for a grant that asks for more
 */
public record TokenRequest(
        ClientProof credentials,
        @Nullable String grantType,
        @Nullable String scope,
        List<String> resources,
        @Nullable String audience,
        Parameters parameters) {
    /** The parameters of a request by their names. */
    public interface Parameters {
        /** The value of a parameter; null when it is left out or empty. */
        @Nullable
        String get(String name);
    }
}
