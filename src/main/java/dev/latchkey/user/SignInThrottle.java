package dev.latchkey.user;

import dev.latchkey.error.ServiceException;
import dev.latchkey.network.IpAddress;
import java.net.Inet4Address;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
    private static final int PREFIX_BYTES = 8;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Clock clock;

    /** In the order of their last failures, the oldest first; none is empty. */
    private final Map<String, Deque<Instant>> counters = new LinkedHashMap<>();

    /** Where names have signed in, and the failures from there since; only who knows a password adds to it. */
    private final Map<String, Deque<Instant>> knownPlaces = new LeastRecentlyUsed();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /** So many failures at most, under one key. */
    private record Limit(int failures, String key, String whose) {
        static Limit ofAddress(String network) {
            return new Limit(MAX_FAILURES_PER_ADDRESS, "address " + network, "from this address");
        }
    }

    /**
     * Begins a try. It counts as a failure from now on until it is known to be none, so that many at once are bounded
     * like many in a row.
     *
     * @param name in the form that names are compared in
     * @throws ServiceException of kind TOO_MANY_REQUESTS that says when the next try is
     */
    synchronized Attempt attempt(String name, String from) {
        String network = network(from);
        String place = network + ' ' + name;
        Deque<Instant> known = knownPlaces.get(place);
        if (known == null) {
            return count(
                    place,
                    new Limit(MAX_FAILURES_PER_PLACE, "place " + place, "for this name"),
                    new Limit(MAX_FAILURES_PER_NAME, "name " + name, "for this name"),
                    Limit.ofAddress(network));
        }
        Instant now = clock.instant();
        dropOld(known, now);
        refuseFrom(MAX_FAILURES_PER_PLACE, known, "for this name", now);
        known.addLast(now);
        return new Attempt(place, List.of(), now);
    }

    /** Begins a try that can only fail, whatever the name: it counts for the address alone. */
    synchronized Attempt attemptWithoutName(String from) {
        String network = network(from);
        return count(network, Limit.ofAddress(network));
    }

    private Attempt count(String place, Limit... limits) {
        Instant now = clock.instant();
        forgetOld(now);
        for (Limit limit : limits) {
            Deque<Instant> times = counters.get(limit.key());
            if (times != null) {
                dropOld(times, now);
                if (times.isEmpty()) {
                    counters.remove(limit.key());
                }
                refuseFrom(limit.failures(), times, limit.whose(), now);
            }
        }
        List<String> keys = Stream.of(limits).map(Limit::key).toList();
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

    /** What counts as one address: an IPv4 address as it is; of an IPv6 address, in any spelling, the first 64 bits. */
    private static String network(String address) {
        return IpAddress.parse(address)
                .map(parsed -> parsed instanceof Inet4Address
                        ? parsed.getHostAddress()
                        : HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX_BYTES) + "/64")
                .orElse(address);
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
