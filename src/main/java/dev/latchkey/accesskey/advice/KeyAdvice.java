package dev.latchkey.accesskey.advice;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.advice.Advice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a key no longer needs, the most urgent first, and when its scopes were last used, by which it was judged. */
public record KeyAdvice(AccessKey key, List<Advice> advice, ScopeHistory history) {
    /**
     * A client comes back for a token when its last one ends; one that has not come with its old secret for so long, or for
     * the lifetime that its key sets if that is longer, has another.
     */
    private static final Duration USUAL_LIFETIME = Duration.ofHours(1);

    public KeyAdvice {
        advice = List.copyOf(advice);
    }

    /** Judges a key at a moment, in whole seconds. */
    static KeyAdvice of(AccessKey key, ScopeHistory history, Instant now) {
        List<Advice> advice = new ArrayList<>();
        boolean live = key.settings().enabled() && !key.isExpired(now);
        if (live) {
            expiry(key, now).ifPresent(advice::add);
        }
        use(key, now).ifPresent(advice::add);
        if (live) {
            oldSecret(key, now).ifPresent(advice::add);
            scopes(key, history).ifPresent(advice::add);
        }
        return new KeyAdvice(key, advice, history);
    }

    /** A key that ends exactly {@link Advice#EXPIRES_SOON} from now expires soon. */
    private static Optional<Advice> expiry(AccessKey key, Instant now) {
        Instant end = key.settings().expiresAt();
        return end == null || end.isAfter(now.plus(Advice.EXPIRES_SOON))
                ? Optional.empty()
                : Optional.of(new Advice(
                        Kind.EXPIRES_SOON,
                        "The key expires at " + end + ": move its end, or put another in its place."));
    }

    private static Optional<Advice> use(AccessKey key, Instant now) {
        Instant used = key.lastUsedAt();
        if (used == null) {
            return Optional.of(new Advice(
                    Kind.NEVER_USED,
                    "The key has never been used since it was made at " + key.createdAt()
                            + ": if nothing needs it, delete it."));
        }
        return used.isAfter(now.minus(Advice.LONG_UNUSED))
                ? Optional.empty()
                : Optional.of(new Advice(
                        Kind.LONG_UNUSED,
                        "The key was last used at " + used + ", " + ChronoUnit.DAYS.between(used, now)
                                + " days ago: if nothing needs it, disable it, then delete it."));
    }

    private static Optional<Advice> oldSecret(AccessKey key, Instant now) {
        StoredSecret old = key.oldSecret().filter(secret -> secret.isLive(now)).orElse(null);
        if (old == null) {
            return Optional.empty();
        }
        StoredSecret young = key.secrets().get(key.secrets().size() - 1);
        Instant end = old.expiresAt();
        String works = end == null ? " works without end" : " works until " + end;
        if (isInUse(key, old, young, now)) {
            return Optional.of(new Advice(
                    Kind.OLD_SECRET_USED,
                    "The old secret" + hint(old) + " is still used, last at " + old.lastUsedAt() + ", and" + works
                            + ": give its client the new one" + hint(young) + " before."));
        }
        String lastUse = old.lastUsedAt() == null ? "was never used" : "was last used at " + old.lastUsedAt();
        return Optional.of(
                young.lastUsedAt() == null
                        ? new Advice(
                                Kind.NEW_SECRET_UNUSED,
                                "The new secret" + hint(young) + " has never been used; the old one" + hint(old) + " "
                                        + lastUse + " and" + works + ": give its client the new one before.")
                        : new Advice(
                                Kind.OLD_SECRET_UNUSED,
                                "The old secret" + hint(old) + " is not used any more: it " + lastUse + ", the new one"
                                        + hint(young) + " at " + young.lastUsedAt()
                                        + ". The rotation is finished; the old one" + works + "."));
    }

    /** Used since the new one was made, and not so long ago that its client would have come again. */
    private static boolean isInUse(AccessKey key, StoredSecret old, StoredSecret young, Instant now) {
        Instant used = old.lastUsedAt();
        Duration lifetime = Objects.requireNonNullElse(key.settings().tokenLifetime(), USUAL_LIFETIME);
        Duration patience = lifetime.compareTo(USUAL_LIFETIME) < 0 ? USUAL_LIFETIME : lifetime;
        return used != null && !used.isBefore(young.createdAt()) && used.isAfter(now.minus(patience));
    }

    private static String hint(StoredSecret secret) {
        return secret.hint() == null ? "" : " (…" + secret.hint() + ")";
    }

    /**
     * Where no scope was ever named or demanded nothing is said: a request without a scope gets all, and what its client
     * does with them is not seen.
     */
    private static Optional<Advice> scopes(AccessKey key, ScopeHistory history) {
        List<String> granted = key.settings().scopes().tokens();
        List<String> unused = granted.stream()
                .filter(scope -> !history.of(scope).isSince(history.since()))
                .toList();
        if (unused.isEmpty() || unused.size() == granted.size()) {
            return Optional.empty();
        }
        Instant unnamed = history.unnamedAt();
        String doubt = unnamed == null || unnamed.isBefore(history.since())
                ? ""
                : " A request at " + unnamed + " named no scope and got them too: a service that checks tokens"
                        + " itself may need them.";
        return Optional.of(new Advice(
                Kind.SCOPES_UNUSED,
                unused.size() + " of " + granted.size() + " scopes were neither asked for nor demanded since "
                        + history.since() + ": " + String.join(", ", unused) + "." + doubt,
                unused));
    }
}
