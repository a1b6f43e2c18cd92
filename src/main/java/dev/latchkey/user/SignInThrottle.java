package dev.latchkey.user;

import dev.latchkey.error.LatchkeyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds the guessing of passwords: after 10 failures for a name from one address within 5 minutes that address waits;
 * after 100 for a name from anywhere, everybody but addresses from which that name signed in lately waits. So a stranger
 * slows down himself, and cannot lock the Owner out from the Owner's own place. Held in memory, at most {@value
 * #MAX_ENTRIES} names and addresses. Thread-safe.
 */
final class SignInThrottle {
    private static final int MAX_FAILURES_PER_ADDRESS = 10;
    private static final int MAX_FAILURES_PER_NAME = 100;
    private static final int MAX_ENTRIES = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, Deque<Instant>> failures = new Bounded<>();
    private final Map<String, Instant> successes = new Bounded<>();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins a try. It counts as a failure from now on until it is known to be none, so that many at once are bounded
     * like many in a row.
     *
     * @throws LatchkeyException of kind TOO_MANY_REQUESTS that says when the next try is
     */
    synchronized Attempt attempt(String name, String from) {
        Instant now = clock.instant();
        refuseAfter(MAX_FAILURES_PER_ADDRESS, at(name, from), now);
        if (!successes.containsKey(at(name, from))) {
            refuseAfter(MAX_FAILURES_PER_NAME, name, now);
        }
        recent(at(name, from), now).addLast(now);
        recent(name, now).addLast(now);
        return new Attempt(name, from, now);
    }

    /** A try under way; a failure unless it is said to be something else. */
    final class Attempt {
        private final String name;
        private final String from;
        private final Instant at;

        private Attempt(String name, String from, Instant at) {
            this.name = name;
            this.from = from;
            this.at = at;
        }

        /** The password was right: earlier failures from there were slips of the same person. */
        void succeeded() {
            synchronized (SignInThrottle.this) {
                forget();
                failures.remove(at(name, from));
                successes.put(at(name, from), at);
            }
        }

        /** Nobody found out whether the password was right: the try counts for nothing. */
        void forget() {
            synchronized (SignInThrottle.this) {
                recent(at(name, from), at).removeLastOccurrence(at);
                recent(name, at).removeLastOccurrence(at);
            }
        }
    }

    private void refuseAfter(int max, String key, Instant now) {
        Deque<Instant> times = recent(key, now);
        if (times.size() >= max) {
            Duration wait = Duration.between(now, times.getFirst().plus(WINDOW));
            Duration rounded =
                    Duration.ofSeconds(wait.plusSeconds(1).minusNanos(1).toSeconds());
            throw LatchkeyException.tooManyRequests(
                    "Too many failed sign-ins for this name; try again in " + rounded.toSeconds() + " s.", rounded);
        }
    }

    /** The failures of the last five minutes; one that is exactly so old does not count any more. */
    private Deque<Instant> recent(String key, Instant now) {
        Deque<Instant> times = failures.computeIfAbsent(key, unused -> new ArrayDeque<>());
        while (!times.isEmpty() && !now.isBefore(times.getFirst().plus(WINDOW))) {
            times.removeFirst();
        }
        return times;
    }

    private static String at(String name, String from) {
        return from + " " + name;
    }

    /** Forgets what was not touched for longest when it grows too large. */
    private static final class Bounded<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MAX_ENTRIES;
        }
    }
}
