package dev.latchkey.http.api;

import dev.latchkey.signingkey.KeySource;
import dev.latchkey.token.TokenSettings;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** {@code GET /api/service}: what the service says about itself to those who are signed in. Thread-safe. */
public final class ServiceEndpoint implements Handler {
    private final Facts facts;
    private final KeySource keys;
    private final Clock clock;

    public ServiceEndpoint(Facts facts, KeySource keys, Clock clock) {
        this.facts = facts;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What stays the same as long as the service runs.
     *
     * @param version which Latchkey it is; read when it is asked for
     * @param tokens what tokens are like, where a key does not say otherwise
     * @param storeKind {@code sqlite}, {@code postgresql} or {@code memory}
     * @param store where the store is, without a password
     * @param encrypted whether a master key encrypts the private signing keys in the store
     */
    public record Facts(
            Supplier<String> version, TokenSettings tokens, String storeKind, String store, boolean encrypted) {}

    @Override
    public void handle(Context ctx) {
        TokenSettings tokens = facts.tokens();
        String algorithm = keys.signer(tokens.defaultLifetime()).algorithm().publicName();
        ApiAnswer.object(
                ctx,
                200,
                new ServiceJson(
                        facts.version().get(),
                        tokens.issuer(),
                        tokens.defaultAudience(),
                        tokens.defaultLifetime().toSeconds(),
                        algorithm,
                        facts.encrypted(),
                        facts.storeKind(),
                        facts.store(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private record ServiceJson(
            String version,
            String issuer,
            String audience,
            long tokenLifetime,
            String signingAlgorithm,
            boolean signingKeysEncrypted,
            String storeKind,
            String store,
            Instant time) {}
}
