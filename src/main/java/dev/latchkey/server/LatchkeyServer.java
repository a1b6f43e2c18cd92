package dev.latchkey.server;

import dev.latchkey.config.MetricsSettings;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.crypto.Argon2PasswordHasher;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.error.StartFailure;
import dev.latchkey.http.server.JettyServer;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.user.PasswordHasher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The running service: a store, the signing keys, and HTTP on one port. Thread-safe. */
public final class LatchkeyServer implements AutoCloseable {
    private final JettyServer http;
    private final Housekeeping housekeeping;
    private final SqlStore store;
    private final String url;
    private final @Nullable String metricsUrl;
    private final ServiceExtension extension;
    private final ServiceParts parts;
    private final Duration stopWithin;

    LatchkeyServer(
            JettyServer http,
            Housekeeping housekeeping,
            SqlStore store,
            String url,
            @Nullable String metricsUrl,
            ServiceExtension extension,
            ServiceParts parts,
            Duration stopWithin) {
        this.extension = extension;
        this.parts = parts;
        this.stopWithin = stopWithin;
        this.http = http;
        this.housekeeping = housekeeping;
        this.store = store;
        this.url = url;
        this.metricsUrl = metricsUrl;
    }

    /**
     * Starts the service and returns when it answers. A new store gets its schema, a signing key and an Owner.
     *
     * @param notices where the first Owner's password is shown, once
     * @param aboutToAnswer is run before the first request is answered, which on a new store is a while before this
     *     returns
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED}, {@link ErrorKind#UNAVAILABLE} or {@link
     *     ErrorKind#INVALID} when it cannot start; nothing is left running then
     */
    public static LatchkeyServer start(
            ServeSettings settings, Clock clock, PrintStream notices, Runnable aboutToAnswer) {
        return start(settings, clock, notices, aboutToAnswer, ServiceExtension.NONE);
    }

    /** As above, with what an extension adds. */
    public static LatchkeyServer start(
            ServeSettings settings,
            Clock clock,
            PrintStream notices,
            Runnable aboutToAnswer,
            ServiceExtension extension) {
        return start(settings, clock, notices, aboutToAnswer, extension, Embedding.NONE);
    }

    /** As above, inside another program; {@link ServiceException#startFailure} says what failed. */
    public static LatchkeyServer start(
            ServeSettings settings,
            Clock clock,
            PrintStream notices,
            Runnable aboutToAnswer,
            ServiceExtension extension,
            Embedding embedding) {
        return start(
                settings,
                clock,
                notices,
                aboutToAnswer,
                Housekeeping.Schedule.STANDARD,
                new Argon2PasswordHasher(),
                extension,
                embedding);
    }

    /** As above, with housekeeping at other times and passwords hashed otherwise. */
    static LatchkeyServer start(
            ServeSettings settings,
            Clock clock,
            PrintStream notices,
            Runnable aboutToAnswer,
            Housekeeping.Schedule schedule,
            PasswordHasher hasher,
            ServiceExtension extension,
            Embedding embedding) {
        List<ServerSocketChannel> listeners = new ArrayList<>(bind(settings.host(), settings.port(), ServeFlag.PORT));
        @Nullable SqlStore store = null;
        try {
            List<ServerSocketChannel> main = List.copyOf(listeners);
            List<ServerSocketChannel> ofMetrics = bindMetrics(settings);
            listeners.addAll(ofMetrics);
            KeyPairs pairs = HeadStart.begin(settings, embedding);
            store = open(settings, extension, embedding);
            return new Assembly(settings, clock, notices, aboutToAnswer, schedule, hasher, extension, embedding, pairs)
                    .start(main, ofMetrics, store);
        } catch (RuntimeException | Error e) {
            closeAfterFailure(listeners, store, e);
            throw e;
        }
    }

    /** Empty where metrics have no port of their own. */
    private static List<ServerSocketChannel> bindMetrics(ServeSettings settings) {
        MetricsSettings metrics = settings.metrics();
        Integer port = metrics == null ? null : metrics.port();
        return port == null ? List.of() : bind(settings.host(), port, ServeFlag.METRICS_PORT);
    }

    private static List<ServerSocketChannel> bind(String host, int port, ServeFlag flag) {
        try {
            return Listener.bind(host, port, flag);
        } catch (ServiceException e) {
            throw e.at(StartFailure.ADDRESS);
        }
    }

    private static SqlStore open(ServeSettings settings, ServiceExtension extension, Embedding embedding) {
        @Nullable SqlStore store = null;
        try {
            DataSource source = embedding.dataSource();
            if (source != null) {
                store = SqlStore.open(source);
            } else {
                store = SqlStore.open(settings.db(), SqlStore.Mode.CREATE);
            }
            store.listen(embedding.told().audit());
            extension.opened(store);
            return store;
        } catch (ServiceException e) {
            if (store != null) {
                store.close();
            }
            throw e.at(StartFailure.STORE);
        }
    }

    /** Does at once what it does every two seconds by itself: follows what other processes change. */
    void keepUp() {
        housekeeping.follow();
    }

    /** Where it listens, such as {@code http://localhost:8080}. */
    public String url() {
        return url;
    }

    /** Where its metrics are read; empty = it has none. */
    public Optional<String> metricsUrl() {
        return Optional.ofNullable(metricsUrl);
    }

    /** How messages name its store; without a password. */
    public String store() {
        return store.shown();
    }

    /** What it is made of, for a program that it runs inside. */
    public ServiceParts parts() {
        return parts;
    }

    /** The {@code iss} of its tokens. */
    public String issuer() {
        return parts.http().issuer();
    }

    /**
     * Finishes requests under way (10 s at most, half a second inside another program), writes down what was used and
     * closes the store. Closing again does nothing.
     */
    @Override
    public void close() {
        extension.stopping();
        http.close(stopWithin);
        parts.http().signingKeys().stop(stopWithin);
        housekeeping.close(stopWithin);
        store.close();
    }

    private static void closeAfterFailure(
            List<ServerSocketChannel> listeners, @Nullable SqlStore store, Throwable failure) {
        try {
            for (ServerSocketChannel listener : listeners) {
                listener.close();
            }
            if (store != null) {
                store.close();
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
