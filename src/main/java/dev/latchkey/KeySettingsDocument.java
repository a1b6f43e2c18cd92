package dev.latchkey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.LatchkeyException.Reason;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is set of a key, as the document that the management API would be sent. */
final class KeySettingsDocument implements Latchkey.KeySettings {
    private final ObjectNode document = JsonBinding.object();

    ObjectNode json() {
        return document;
    }

    @Override
    public Latchkey.KeySettings name(String name) {
        return put("name", name);
    }

    @Override
    public Latchkey.KeySettings description(String description) {
        return put("description", description);
    }

    /** {@inheritDoc} One argument may hold several, separated by spaces as in a token request. */
    @Override
    public Latchkey.KeySettings scopes(String... scopes) {
        List<String> each = Arrays.stream(scopes)
                .flatMap(scope -> Stream.of(scope.split(" ", -1)))
                .toList();
        return put("scopes", each);
    }

    @Override
    public Latchkey.KeySettings audience(String... audience) {
        return put("audience", List.of(audience));
    }

    @Override
    public Latchkey.KeySettings tokenLifetime(@Nullable Duration lifetime) {
        if (lifetime != null && lifetime.toNanosPart() != 0) {
            throw new LatchkeyException(Reason.BAD_SETTING, "tokenLifetime must be whole seconds.", null);
        }
        return put("token_lifetime", lifetime == null ? null : lifetime.toSeconds());
    }

    @Override
    public Latchkey.KeySettings claims(Map<String, ?> claims) {
        return put("claims", claims);
    }

    @Override
    public Latchkey.KeySettings expiresAt(@Nullable Instant expiry) {
        return put("expires_at", expiry == null ? null : expiry.toString());
    }

    @Override
    public Latchkey.KeySettings jwks(@Nullable String json) {
        try {
            return put("jwks", json == null ? null : JsonBinding.readObject(json));
        } catch (JsonSyntaxException e) {
            throw new LatchkeyException(Reason.BAD_SETTING, "jwks " + e.getMessage() + ".", e);
        }
    }

    private Latchkey.KeySettings put(String field, @Nullable Object value) {
        try {
            document.set(field, value == null ? document.nullNode() : JsonBinding.tree(value));
            return this;
        } catch (IllegalArgumentException e) {
            throw new LatchkeyException(
                    Reason.BAD_SETTING, field + " holds a value that JSON does not have: " + e.getMessage(), e);
        }
    }
}
