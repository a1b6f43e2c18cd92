package dev.latchkey.signingkey;

import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.MasterKey;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.permission.Actor;
import dev.latchkey.sql.SqlStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process's signing keys on a store that it shares with others. */
final class Replica implements AutoCloseable {
    static final Actor OWNER = Actor.operator("test");
    static final Duration LIFETIME = Duration.ofHours(1);

    private final SqlStore store;
    final SigningKeys keys;

    private Replica(SqlStore store, SigningKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Opened, and not started. */
    static Replica open(Path db, Clock clock, @Nullable Path masterKey, @Nullable Duration rotateEvery) {
        return open(db, clock, masterKey, rotateEvery, LIFETIME, null);
    }

    /** Opened as above, with an algorithm for new keys. */
    static Replica open(
            Path db,
            Clock clock,
            @Nullable Path masterKey,
            @Nullable Duration rotateEvery,
            @Nullable SigningAlgorithm algorithm) {
        return open(db, clock, masterKey, rotateEvery, LIFETIME, algorithm);
    }

    /** Started, with tokens that live that long where their key does not say. */
    static Replica start(Path db, Clock clock, Duration defaultLifetime) {
        return open(db, clock, null, null, defaultLifetime, null).started();
    }

    private static Replica open(
            Path db,
            Clock clock,
            @Nullable Path masterKey,
            @Nullable Duration rotateEvery,
            Duration defaultLifetime,
            @Nullable SigningAlgorithm algorithm) {
        SqlStore store = SqlStore.open(db.toString(), SqlStore.Mode.CREATE);
        PrivateKeySeal seal = masterKey == null ? new PrivateKeySeal.Plain() : MasterKey.read(masterKey);
        SigningKeySettings settings = new SigningKeySettings(algorithm, 2048, defaultLifetime, rotateEvery);
        ProviderKeyPairs rsa = new ProviderKeyPairs(CorrettoProvider.load());
        return new Replica(store, new SigningKeys(store.signingKeys(), rsa, seal, settings, clock));
    }

    /** Started, with neither a master key nor a schedule. */
    static Replica start(Path db, Clock clock) {
        return open(db, clock, null, null).started();
    }

    Replica started() {
        try {
            keys.start(null);
            keys.awaitNext();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    SqlStore store() {
        return store;
    }

    /** {@code active kid}, {@code next kid}, …, as listed. */
    List<String> states() {
        return keys.list(OWNER).stream()
                .map(key -> key.state().publicName() + " " + key.kid())
                .toList();
    }

    String kid(SigningKey.State state) {
        return SigningKeyRules.in(keys.list(OWNER), state).orElseThrow().kid();
    }

    String activeKid() {
        return kid(SigningKey.State.ACTIVE);
    }

    String nextKid() {
        return kid(SigningKey.State.NEXT);
    }

    List<String> publishedKids() {
        return keys.published().stream().map(PublicJwk::kid).toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
