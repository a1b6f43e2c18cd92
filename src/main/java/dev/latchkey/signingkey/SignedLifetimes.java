package dev.latchkey.signingkey;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long the longest-lived token lives that this process has signed with each key; in memory. Thread-safe. */
final class SignedLifetimes {
    private final Map<String, Duration> longest = new ConcurrentHashMap<>();

    /** Notes a token that the key is about to sign. */
    void note(String kid, Duration lifetime) {
        if (lifetime.compareTo(longest(kid)) > 0) {
            longest.merge(kid, lifetime, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    /** Zero where the key has signed nothing. */
    Duration longest(String kid) {
        return longest.getOrDefault(kid, Duration.ZERO);
    }
}
