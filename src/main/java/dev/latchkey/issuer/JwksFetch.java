package dev.latchkey.issuer;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the fetching of an issuer's JWK Set, by whichever process of the service.
 *
 * @param fetchedAt when it was last fetched; null = never
 * @param keys the kid, or {@code -}, and the type of each key that there was then
 * @param failedAt when fetching it last failed; null = never
 * @param failure why
 */
public record JwksFetch(
        @Nullable Instant fetchedAt,
        List<String> keys,
        @Nullable Instant failedAt,
        @Nullable String failure) {
    /** Nothing was fetched yet. */
    public static final JwksFetch NONE = new JwksFetch(null, List.of(), null, null);

    public JwksFetch {
        keys = List.copyOf(keys);
    }
}
