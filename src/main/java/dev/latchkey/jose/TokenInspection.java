package dev.latchkey.jose;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a token found. What it decoded is the token's own word; only {@link #isVerified} makes it more.
 *
 * @param header the JOSE header; null where it cannot be decoded
 * @param claims the claims; null where they cannot be decoded
 * @param reason why the token is not verified, as a sentence about "it" without a full stop; null when it is
 */
public record TokenInspection(
        @Nullable Map<String, Object> header,
        @Nullable Map<String, Object> claims,
        @Nullable String reason) {
    /** Whether a trusted key signed it and it is valid now. */
    public boolean isVerified() {
        return reason == null;
    }

    /** Whether there is anything to show of it. */
    public boolean isDecoded() {
        return header != null || claims != null;
    }

    /** A claim that is a NumericDate (RFC 7519 §2) between 1970 and 9999; fractions of a second are cut off. */
    public Optional<Instant> time(String claim) {
        return NumericDate.read(claims == null ? null : claims.get(claim))
                .map(moment -> moment.truncatedTo(ChronoUnit.SECONDS));
    }
}
