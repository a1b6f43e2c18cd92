package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as it was ordered; nothing of it need be said. A value that exists is valid.
 *
 * @param keyId the key whose token it is; empty = the stand-in's own
 * @param as a persona, or a kind of workload token; empty = neither
 * @param aud a text or an array; missing = what the key would get
 * @param expiresIn ten years at most; null = as long as the key's tokens live; may be negative
 * @param claims to add or to put in the place of others
 * @param header members to add or to put in the place of others
 * @param omit claims to leave out
 * @param breaks in what ways it is to be wrong
 */
public record TokenOrder(
        Optional<String> keyId,
        Optional<String> as,
        Optional<String> sub,
        Optional<String> scope,
        JsonNode aud,
        Optional<String> iss,
        @Nullable Duration expiresIn,
        ObjectNode claims,
        ObjectNode header,
        List<String> omit,
        List<Break> breaks) {
    private static final Duration MOST_LIFETIME = Duration.ofDays(3_650);

    /** Fails with {@link IllegalArgumentException} when a lifetime is out of its bounds. */
    public TokenOrder {
        if (expiresIn != null && !isLifetime(expiresIn)) {
            throw new IllegalArgumentException("a token expires in ten years at most, or has expired for as long");
        }
        omit = List.copyOf(omit);
        breaks = List.copyOf(breaks);
    }

    static boolean isLifetime(Duration duration) {
        return duration.abs().compareTo(MOST_LIFETIME) <= 0;
    }

    boolean breaks(Break one) {
        return breaks.contains(one);
    }
}
