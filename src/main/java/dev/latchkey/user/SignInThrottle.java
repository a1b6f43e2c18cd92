package dev.latchkey.user;

import dev.latchkey.error.ServiceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds the guessing of passwords. Within 5 minutes there may be 10 failures for a name from one address, 100 for a
 * name from everywhere, and 100 from one address for all names; beyond, a sign-in is refused unseen. Where a name has
 * signed in lately, the last two do not hold for it, so that a stranger cannot lock the Owner out from the Owner's own
 * place. IPv6 addresses count by their /64, which is what one subscriber has.
 *
 * <p>Held in memory, at most {@value #MAX_COUNTERS} counters. None that has failures of the last 5 minutes is forgotten:
 * what would need another counter is refused, else many cheap failures would push out the one that matters. Thread-safe.
 */
final class SignInThrottle {
    static final int MAX_COUNTERS = 10_000;
    private static final int MAX_FAILURES_PER_PLACE = 10;
    private static final int MAX_FAILURES_PER_NAME = 100;
    private static final int MAX_FAILURES_PER_ADDRESS = 100;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Clock clock;

    /** In the order of their last failures, the oldest first; none is empty. */
    private final Map<String, Deque<Instant>> counters = new LinkedHashMap<>();

    /** Where names have signed in, and the failures from there since; only who knows a password adds to it. */
    private final Map<String, Deque<Instant>> knownPlaces = new LeastRecentlyUsed();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins a try. It counts as a failure from now on until it is known to be none, so that many at once are bounded
     * like many in a row.
     *
     * @param name in the form that names are compared in
     * @throws ServiceException of kind TOO_MANY_REQUESTS that says when the next try is
     */
    synchronized Attempt attempt(String name, String from) {
        Instant now = clock.instant();
        String network = SignInNetwork.of(from);
        String place = network + ' ' + name;
        Deque<Instant> known = knownPlaces.get(place);
        if (known != null) {
            dropOld(known, now);
            refuseFrom(MAX_FAILURES_PER_PLACE, known, "for this name", now);
            known.addLast(now);
            return new Attempt(place, List.of(), now);
        }
        forgetOld(now);
        List<String> keys = List.of("place " + place, "name " + name, "address " + network);
        refuseFrom(MAX_FAILURES_PER_PLACE, keys.get(0), "for this name", now);
        refuseFrom(MAX_FAILURES_PER_NAME, keys.get(1), "for this name", now);
        refuseFrom(MAX_FAILURES_PER_ADDRESS, keys.get(2), "from this address", now);
        return count(place, keys, now);
    }

    /** Begins a try that can only fail, whatever the name: it counts for the address alone. */
    synchronized Attempt attemptWithoutName(String from) {
        Instant now = clock.instant();
        String network = SignInNetwork.of(from);
        forgetOld(now);
        List<String> keys = List.of("address " + network);
        refuseFrom(MAX_FAILURES_PER_ADDRESS, keys.get(0), "from this address", now);
        return count(network, keys, now);
    }

    private Attempt count(String place, List<String> keys, Instant now) {
        long added = keys.stream().filter(key -> !counters.containsKey(key)).count();
        if (counters.size() + added > MAX_COUNTERS) {
            throw refusal(counters.values().iterator().next().getLast(), "here", now);
        }
        for (String key : keys) {
            Deque<Instant> times = counters.remove(key);
            Deque<Instant> failures = times == null ? new ArrayDeque<>(2) : times;
            failures.addLast(now);
            counters.put(key, failures);
        }
        return new Attempt(place, keys, now);
    }

    /** A try under way; a failure unless it is said to be something else. */
    final class Attempt {
        private final String place;
        private final List<String> keys;
        private final Instant at;

        private Attempt(String place, List<String> keys, Instant at) {
            this.place = place;
            this.keys = keys;
            this.at = at;
        }

        /** The password was right: earlier failures from there were slips of the same person. */
        void succeeded() {
            synchronized (SignInThrottle.this) {
                forget();
                counters.remove("place " + place);
                knownPlaces.put(place, new ArrayDeque<>(2));
            }
        }

        /** Nothing was found out about the password: the try counts for nothing. */
        void forget() {
            synchronized (SignInThrottle.this) {
                Deque<Instant> known = keys.isEmpty() ? knownPlaces.get(place) : null;
                if (known != null) {
                    known.removeLastOccurrence(at);
                }
                for (String key : keys) {
                    Deque<Instant> times = counters.get(key);
                    if (times != null && times.removeLastOccurrence(at) && times.isEmpty()) {
                        counters.remove(key);
                    }
                }
            }
        }
    }

    private void refuseFrom(int max, String key, String whose, Instant now) {
        Deque<Instant> times = counters.get(key);
        if (times != null) {
            dropOld(times, now);
            if (times.isEmpty()) {
                counters.remove(key);
            }
            refuseFrom(max, times, whose, now);
        }
    }

    private static void refuseFrom(int max, Deque<Instant> times, String whose, Instant now) {
        if (times.size() >= max) {
            throw refusal(times.getFirst(), whose, now);
        }
    }

    private static ServiceException refusal(Instant oldest, String whose, Instant now) {
        Duration wait = Duration.between(now, oldest.plus(WINDOW));
        long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        return ServiceException.tooManyRequests(
                "Too many failed sign-ins " + whose + "; try again in " + seconds + " s.", Duration.ofSeconds(seconds));
    }

    /** Forgets the counters that have no failure of the last five minutes. */
    private void forgetOld(Instant now) {
        Iterator<Deque<Instant>> all = counters.values().iterator();
        while (all.hasNext() && isOld(all.next().getLast(), now)) {
            all.remove();
        }
    }

    /** A failure that is exactly five minutes old does not count any more. */
    private static boolean isOld(Instant failure, Instant now) {
        return !now.isBefore(failure.plus(WINDOW));
    }

    private static void dropOld(Deque<Instant> times, Instant now) {
        while (!times.isEmpty() && isOld(times.getFirst(), now)) {
            times.removeFirst();
        }
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<String, Deque<Instant>> {
        private static final long serialVersionUID = 1L;

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MAX_COUNTERS;
        }
    }
}
