package dev.latchkey.server;

import dev.latchkey.signingkey.KeyPairs;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How a service behaves towards the program that it runs inside; what the settings of a service of its own do not say.
 *
 * @param dataSource where the store is, instead of what the settings say; not closed with the service; null = as they say
 * @param signingKey what to sign with, instead of the store's keys; null = as the settings say
 * @param makesOwner whether a new store gets an Owner
 * @param waitsForNextKey whether a start returns only when the next signing key is there, too
 * @param stopWithin how long requests under way may take when the service stops
 * @param ownsProcess whether it may leave its mark on the process, such as a system property that a library reads
 * @param told who is told what the service does
 * @param keyPairs what stands in front of what makes signing keys
 */
public record Embedding(
        @Nullable DataSource dataSource,
        @Nullable KeyPair signingKey,
        boolean makesOwner,
        boolean waitsForNextKey,
        Duration stopWithin,
        boolean ownsProcess,
        Listeners told,
        UnaryOperator<KeyPairs> keyPairs) {
    private static final Duration FULL_STOP = Duration.ofSeconds(10);
    private static final Duration SHORT_STOP = Duration.ofMillis(500);

    /** A service that is a program of its own. */
    public static final Embedding NONE =
            new Embedding(null, null, true, true, FULL_STOP, true, Listeners.NONE, UnaryOperator.identity());

    /** A service inside another program, which is told nothing on the streams of the process. */
    public static Embedding inside(
            @Nullable DataSource dataSource,
            @Nullable KeyPair signingKey,
            boolean makesOwner,
            Listeners told,
            UnaryOperator<KeyPairs> keyPairs) {
        return new Embedding(dataSource, signingKey, makesOwner, false, SHORT_STOP, false, told, keyPairs);
    }
}
