package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.KeySource;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.RotationMode;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyPair;
import dev.latchkey.signingkey.SigningKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signing keys that a stand-in handles as no service would: does a verifier look for a key that it does not know, and not
 * too often? The service itself knows all of its keys. Thread-safe.
 */
public final class KeyDrills implements KeySource {
    private static final int RSA_BITS = 2048;

    private final SigningKeys keys;
    private final KeyPairs pairs;
    private volatile State state = State.NONE;

    /**
     * What is out of order.
     *
     * @param own the keys that drills have made; published since the drill was ended
     * @param unpublished the one of them that signs and is not in the JWK Set; null = the service's key signs
     * @param signer of that key
     * @param hidden kids of the service that are not in the JWK Set
     */
    private record State(
            List<PublicJwk> own,
            @Nullable PublicJwk unpublished,
            @Nullable KeySigner signer,
            Set<String> hidden) {
        static final State NONE = new State(List.of(), null, null, Set.of());
    }

    /** What signs now, and what the JWK Set has. */
    public record Shown(String signing, List<String> published) {}

    public KeyDrills(SigningKeys keys, KeyPairs pairs) {
        this.keys = keys;
        this.pairs = pairs;
    }

    @Override
    public KeySigner signer(Duration lifetime) {
        KeySigner drilled = state.signer();
        return drilled != null ? drilled : keys.signer(lifetime);
    }

    @Override
    public List<PublicJwk> published() {
        List<PublicJwk> own = state.own();
        return own.isEmpty()
                ? keys.published()
                : Stream.concat(keys.published().stream(), own.stream()).toList();
    }

    @Override
    public CompletableFuture<List<PublicJwk>> jwkSet() {
        State now = state;
        return keys.jwkSet()
                .thenApply(set -> Stream.concat(set.stream(), now.own().stream())
                        .filter(key -> !now.hidden().contains(key.kid()) && !key.equals(now.unpublished()))
                        .toList());
    }

    /** Does what {@code do} says; fails as INVALID when that is nothing that there is. */
    public CompletableFuture<Shown> run(ObjectNode body) {
        Fields fields = new Fields(body);
        fields.require("do");
        Map<String, Runnable> drills = Map.of(
                "rotate", this::rotate,
                "sign_unpublished", this::signUnpublished,
                "unpublish_retired", this::unpublishRetired,
                "restore", this::restore);
        Optional<Runnable> drill = fields.choice(
                "do",
                name -> Optional.ofNullable(drills.get(name)),
                "must be rotate, sign_unpublished, unpublish_retired or restore");
        fields.check();
        drill.ifPresent(Runnable::run);
        return shown();
    }

    /**
     * The next key signs from now on.
     *
     * @throws dev.latchkey.error.ServiceException of kind CONFLICT when the service signs with a key that it was given
     */
    public synchronized void rotate() {
        var unused = keys.rotate(Actor.system(), RotationMode.AT_ONCE);
    }

    private synchronized void signUnpublished() {
        SigningAlgorithm algorithm = keys.signer(Duration.ZERO).algorithm();
        SigningKeyPair pair = pairs.generate(algorithm, RSA_BITS);
        List<PublicJwk> own = new ArrayList<>(state.own());
        own.add(pair.jwk());
        state = new State(List.copyOf(own), pair.jwk(), pairs.signer(pair), state.hidden());
    }

    private synchronized void unpublishRetired() {
        Set<String> retired = keys.list(Actor.system()).stream()
                .filter(key -> key.state() == SigningKey.State.RETIRED)
                .map(SigningKey::kid)
                .collect(Collectors.toUnmodifiableSet());
        state = new State(state.own(), state.unpublished(), state.signer(), retired);
    }

    /**
     * Does what is due to the service's keys now, as its periodic task would within seconds.
     *
     * @throws dev.latchkey.error.ServiceException of kind UNAVAILABLE when the store is away
     */
    public void follow() {
        keys.tick();
    }

    /** Ends every drill: the service's key signs, and the JWK Set has all keys, also those that drills have signed with. */
    public synchronized void restore() {
        state = new State(state.own(), null, null, Set.of());
    }

    /** As {@link #restore}, and forgets the keys that drills have made. */
    public synchronized void reset() {
        state = State.NONE;
    }

    private CompletableFuture<Shown> shown() {
        String signing = signer(Duration.ZERO).kid();
        return jwkSet().thenApply(set ->
                new Shown(signing, set.stream().map(PublicJwk::kid).toList()));
    }
}
