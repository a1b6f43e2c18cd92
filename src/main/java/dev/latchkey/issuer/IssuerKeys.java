package dev.latchkey.issuer;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.JwksSource.Fetched;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The JWK Sets of trusted issuers. A set that was fetched is kept by what it was fetched from, for as long as its answer
 * said; a set that cannot be fetched anew serves on for a while. Those who ask for the same set share one fetch. What is kept
 * says nothing about whom to trust: the issuer comes from the store each time. Thread-safe.
 */
public final class IssuerKeys {
    /** How long a set that is over serves on while it cannot be fetched; it is never older than {@link #OLDEST}. */
    static final Duration STALE_IF_ERROR = Duration.ofHours(1);

    static final Duration OLDEST = Duration.ofHours(24);

    /** After a failure nothing is fetched for so long. */
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    /** A kid that a set does not have is a reason to fetch it once in so long. */
    static final Duration PAUSE_FOR_UNKNOWN_KIDS = Duration.ofSeconds(30);

    /** More than there are issuers; those that were trusted once make room. */
    private static final int MOST_HELD = 500;

    private final JwksSource source;
    private final TrustedIssuerStore store;
    private final Clock clock;
    private final Map<Place, Held> held = new ConcurrentHashMap<>();

    private record Place(
            String issuer,
            @Nullable String jwksUri,
            @Nullable String ca) {}

    /** What is known of one place; guarded by itself. */
    private static final class Held {
        private @Nullable String jwks;
        private Instant fetchedAt = Instant.EPOCH;
        private Instant freshUntil = Instant.EPOCH;
        private @Nullable Instant failedAt;
        private String failure = "";
        private @Nullable Instant askedForKid;
        private @Nullable CompletableFuture<Void> running;

        /** A clock that was set back makes a set old. */
        private @Nullable String until(Instant end, Instant now) {
            return !now.isBefore(fetchedAt) && now.isBefore(end) ? jwks : null;
        }

        private Instant latestUse() {
            Instant stale = freshUntil.plus(STALE_IF_ERROR);
            Instant oldest = fetchedAt.plus(OLDEST);
            return stale.isBefore(oldest) ? stale : oldest;
        }
    }

    public IssuerKeys(JwksSource source, TrustedIssuerStore store, Clock clock) {
        this.source = source;
        this.store = store;
        this.clock = clock;
    }

    private static boolean isWithin(Duration pause, @Nullable Instant since, Instant now) {
        return since != null && !now.isBefore(since) && now.isBefore(since.plus(pause));
    }

    /**
     * The set of an issuer.
     *
     * @throws KeysPendingException when it is being fetched
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} when it cannot be had
     */
    public String jwks(TrustedIssuer issuer, Instant now) {
        return jwks(issuer, now, false);
    }

    /** As above, fetched once more for a key that the set lacks, unless that was done a short time ago. */
    public String jwksForUnknownKid(TrustedIssuer issuer, Instant now) {
        return jwks(issuer, now, true);
    }

    private String jwks(TrustedIssuer issuer, Instant now, boolean lacksKid) {
        String given = issuer.jwks();
        if (given != null) {
            return given;
        }
        Held set = heldFor(issuer);
        synchronized (set) {
            if (lacksKid && (set.running != null || !isWithin(PAUSE_FOR_UNKNOWN_KIDS, set.askedForKid, now))) {
                set.askedForKid = now;
                throw pending(set, issuer);
            }
            String fresh = set.until(set.freshUntil, now);
            boolean failedJustNow = isWithin(PAUSE_AFTER_FAILURE, set.failedAt, now);
            if (fresh == null && !failedJustNow) {
                throw pending(set, issuer);
            }
            String usable = fresh == null ? set.until(set.latestUse(), now) : fresh;
            if (usable == null || (lacksKid && failedJustNow)) {
                throw unavailable(issuer, set);
            }
            return usable;
        }
    }

    private Held heldFor(TrustedIssuer issuer) {
        if (held.size() > MOST_HELD) {
            held.clear();
        }
        return held.computeIfAbsent(new Place(issuer.issuer(), issuer.jwksUri(), issuer.ca()), place -> new Held());
    }

    private KeysPendingException pending(Held set, TrustedIssuer issuer) {
        CompletableFuture<Void> running = set.running;
        if (running == null) {
            running = new CompletableFuture<>();
            set.running = running;
            CompletableFuture<Void> arrival = running;
            var unused = source.fetch(issuer)
                    .whenComplete((fetched, failure) -> arrived(set, fetched, failure, issuer))
                    .handle((fetched, failure) -> arrival.complete(null));
        }
        return new KeysPendingException(running);
    }

    private void arrived(Held set, @Nullable Fetched fetched, @Nullable Throwable failure, TrustedIssuer issuer) {
        Instant now = clock.instant();
        JwksFetch told;
        synchronized (set) {
            set.running = null;
            if (fetched == null) {
                set.failedAt = now;
                set.failure = reason(failure);
                told = new JwksFetch(null, List.of(), now, set.failure);
            } else {
                set.jwks = fetched.jwks();
                set.fetchedAt = now;
                set.freshUntil = now.plus(fetched.keep());
                set.failedAt = null;
                told = new JwksFetch(now, names(fetched.jwks()), null, null);
            }
        }
        try {
            store.recordFetch(issuer.name(), told);
        } catch (ServiceException e) {
            // The log tells of a store that is away; this is for people to look at, and comes again with the next
            // fetch.
            return;
        }
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null ? "" : Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    }

    private static ServiceException unavailable(TrustedIssuer issuer, Held set) {
        return ServiceException.unavailable(
                "The keys of the assertion's issuer cannot be fetched now; try again.",
                "the JWK Set of the issuer " + issuer.name() + " cannot be fetched: " + set.failure,
                false,
                new IllegalStateException(set.failure));
    }

    /** The kid and type of each key of a set. */
    static List<String> names(String jwks) {
        try {
            List<?> keys = (List<?>) JsonReader.object(jwks).getOrDefault("keys", List.of());
            return keys.stream()
                    .map(Map.class::cast)
                    .map(key -> (key.get("kid") instanceof String kid ? kid : "-") + " " + key.get("kty"))
                    .toList();
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("a JWK Set that is kept as JSON is none", e);
        }
    }
}
