package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.testing.LatchkeyExtension.TokenOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order as it is put together by a test. Not thread-safe. */
final class OrderedToken implements TokenOrder {
    private final ObjectNode claims = JsonBinding.object();
    private final ObjectNode header = JsonBinding.object();
    private final List<String> omit = new ArrayList<>();
    private final List<dev.latchkey.dev.tokens.Break> breaks = new ArrayList<>();
    private String keyId;
    private Optional<String> as = Optional.empty();
    private Optional<String> sub = Optional.empty();
    private Optional<String> scope = Optional.empty();
    private Optional<String> iss = Optional.empty();
    private JsonNode aud = MissingNode.getInstance();
    private @Nullable Duration expiresIn;

    OrderedToken(String keyId) {
        this.keyId = keyId;
    }

    @Override
    public TokenOrder key(String id) {
        keyId = id;
        return this;
    }

    @Override
    public TokenOrder as(String persona) {
        as = Optional.of(persona);
        return this;
    }

    @Override
    public TokenOrder subject(String subject) {
        sub = Optional.of(subject);
        return this;
    }

    @Override
    public TokenOrder scopes(String... scopes) {
        scope = Optional.of(String.join(" ", scopes));
        return this;
    }

    @Override
    public TokenOrder audience(String... audience) {
        aud = JsonBinding.tree(audience);
        return this;
    }

    @Override
    public TokenOrder issuer(String issuer) {
        iss = Optional.of(issuer);
        return this;
    }

    @Override
    public TokenOrder expiresIn(Duration lifetime) {
        expiresIn = lifetime;
        return this;
    }

    @Override
    public TokenOrder claim(String name, Object value) {
        claims.set(name, tree(value));
        return this;
    }

    @Override
    public TokenOrder header(String name, Object value) {
        header.set(name, tree(value));
        return this;
    }

    @Override
    public TokenOrder without(String... names) {
        omit.addAll(List.of(names));
        return this;
    }

    @Override
    public TokenOrder broken(Break... ways) {
        List.of(ways).forEach(way -> breaks.add(way.way()));
        return this;
    }

    /** As the stand-in takes it; fails with {@link IllegalArgumentException} when the lifetime is out of its bounds. */
    dev.latchkey.dev.tokens.TokenOrder order() {
        return new dev.latchkey.dev.tokens.TokenOrder(
                Optional.of(keyId), as, sub, scope, aud, iss, expiresIn, claims, header, omit, breaks);
    }

    private static JsonNode tree(Object value) {
        return JsonBinding.tree(value instanceof Instant time ? (Object) time.getEpochSecond() : value);
    }
}
