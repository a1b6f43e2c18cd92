package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Puts an order together. Not thread-safe. */
    public static final class Builder {
        private final ObjectNode claims = JsonBinding.object();
        private final ObjectNode header = JsonBinding.object();
        private final List<String> omit = new ArrayList<>();
        private final List<Break> breaks = new ArrayList<>();
        private Optional<String> keyId = Optional.empty();
        private Optional<String> as = Optional.empty();
        private Optional<String> sub = Optional.empty();
        private Optional<String> scope = Optional.empty();
        private Optional<String> iss = Optional.empty();
        private JsonNode aud = MissingNode.getInstance();
        private @Nullable Duration expiresIn;

        /** Of the key of this id. */
        public Builder keyId(String id) {
            keyId = Optional.of(id);
            return this;
        }

        /** For a persona, or of a kind of workload. */
        public Builder as(String name) {
            as = Optional.of(name);
            return this;
        }

        /** About this subject. */
        public Builder subject(String subject) {
            sub = Optional.of(subject);
            return this;
        }

        /** With these scopes, separated by spaces, and no others. */
        public Builder scope(String scopes) {
            scope = Optional.of(scopes);
            return this;
        }

        /** Of this issuer. */
        public Builder issuer(String issuer) {
            iss = Optional.of(issuer);
            return this;
        }

        /** For these audiences. */
        public Builder audience(List<String> audience) {
            ArrayNode array = JsonBinding.object().putArray("aud");
            audience.forEach(array::add);
            aud = array;
            return this;
        }

        /** That lives so long; a negative one has expired. */
        public Builder expiresIn(Duration lifetime) {
            expiresIn = lifetime;
            return this;
        }

        /**
         * With this claim; an {@link Instant} becomes a NumericDate (RFC 7519 §2).
         *
         * @throws IllegalArgumentException when a value cannot be JSON
         */
        public Builder claim(String name, Object value) {
            claims.set(name, tree(value));
            return this;
        }

        /** With this member of the header, as {@link #claim}. */
        public Builder header(String name, Object value) {
            header.set(name, tree(value));
            return this;
        }

        /** Without this claim. */
        public Builder omit(String claim) {
            omit.add(claim);
            return this;
        }

        /** Wrong in this way, too. */
        public Builder broken(Break way) {
            breaks.add(way);
            return this;
        }

        /** The order; fails as {@link TokenOrder} does. */
        public TokenOrder build() {
            return new TokenOrder(keyId, as, sub, scope, aud, iss, expiresIn, claims, header, omit, breaks);
        }

        private static JsonNode tree(Object value) {
            return JsonBinding.tree(value instanceof Instant time ? (Object) time.getEpochSecond() : value);
        }
    }
}
