package dev.latchkey.testing;

import dev.latchkey.Latchkey;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.StandInSettings;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to start. Immutable; prints no secret.
 *
 * @param keys by their names, in the order in which they were asked for
 * @param seed what to start with, the keys included, as JSON; null = nothing
 * @param flags of {@code serve} that the builder of the public API has no method for
 * @param builder sets everything else
 */
record ServerSettings(
        Map<String, TestKey> keys,
        @Nullable String seed,
        Map<ServeFlag, String> flags,
        Consumer<Latchkey.Builder> builder) {
    /** Nothing but the key {@code dev}. */
    static final ServerSettings STANDARD = new ServerSettings(Map.of(), null, Map.of(), builder -> {});

    /** An access key with its secret in the clear. */
    record TestKey(String secret, List<String> scopes) {
        static TestKey of(List<String> scopes) {
            return new TestKey(AccessKeySecret.generate(new SecureRandom()).reveal(), scopes);
        }

        @Override
        public String toString() {
            return "TestKey" + scopes;
        }
    }

    ServerSettings {
        flags = Map.copyOf(flags);
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** The name of the first key. */
    String firstKey() {
        return keys.isEmpty()
                ? StandInSettings.STANDARD_KEY_ID
                : keys.keySet().iterator().next();
    }

    /** The secret of a key. */
    String secret(String name) {
        TestKey key = keys.get(name);
        if (key != null) {
            return key.secret();
        }
        if (name.equals(StandInSettings.STANDARD_KEY_ID)) {
            return StandInSettings.STANDARD_KEY_SECRET;
        }
        throw new IllegalArgumentException("There is no key " + name + "; there are "
                + (keys.isEmpty() ? "none" : String.join(", ", keys.keySet())) + " and "
                + StandInSettings.STANDARD_KEY_ID + ".");
    }

    @Override
    public String toString() {
        return "ServerSettings" + keys;
    }
}
