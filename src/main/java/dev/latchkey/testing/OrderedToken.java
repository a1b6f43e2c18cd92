package dev.latchkey.testing;

import dev.latchkey.testing.LatchkeyExtension.TokenOrder;
import java.time.Duration;
import java.util.List;

/** An order as it is put together by a test. Not thread-safe. */
final class OrderedToken implements TokenOrder {
    private final dev.latchkey.dev.tokens.TokenOrder.Builder order = new dev.latchkey.dev.tokens.TokenOrder.Builder();

    @Override
    public TokenOrder key(String keyId) {
        order.keyId(keyId);
        return this;
    }

    @Override
    public TokenOrder as(String persona) {
        order.as(persona);
        return this;
    }

    @Override
    public TokenOrder subject(String subject) {
        order.subject(subject);
        return this;
    }

    @Override
    public TokenOrder scopes(String... scopes) {
        order.scope(String.join(" ", scopes));
        return this;
    }

    @Override
    public TokenOrder audience(String... audience) {
        order.audience(List.of(audience));
        return this;
    }

    @Override
    public TokenOrder issuer(String issuer) {
        order.issuer(issuer);
        return this;
    }

    @Override
    public TokenOrder expiresIn(Duration lifetime) {
        order.expiresIn(lifetime);
        return this;
    }

    @Override
    public TokenOrder claim(String name, Object value) {
        order.claim(name, value);
        return this;
    }

    @Override
    public TokenOrder header(String name, Object value) {
        order.header(name, value);
        return this;
    }

    @Override
    public TokenOrder without(String... claims) {
        List.of(claims).forEach(order::omit);
        return this;
    }

    @Override
    public TokenOrder broken(Break... ways) {
        List.of(ways).forEach(way -> order.broken(way.way()));
        return this;
    }

    dev.latchkey.dev.tokens.TokenOrder order() {
        return order.build();
    }
}
