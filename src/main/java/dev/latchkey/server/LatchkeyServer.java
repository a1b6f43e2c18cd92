package dev.latchkey.server;

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
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
        return start(settings, clock, notices, aboutToAnswer, ServiceExtension.NONE, Embedding.NONE);
    }

    /** As above, with what an extension adds, and perhaps inside another program. */
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
        List<Closeable> opened = new ArrayList<>();
        try {
            List<ServerSocketChannel> main =
                    at(StartFailure.ADDRESS, () -> Listener.bind(settings.host(), settings.port(), ServeFlag.PORT));
            opened.addAll(main);
            List<ServerSocketChannel> ofMetrics = at(StartFailure.ADDRESS, () -> bindMetrics(settings));
            opened.addAll(ofMetrics);
            KeyPairs pairs = at(StartFailure.STORE, () -> StartSequence.begin(settings, embedding));
            SqlStore store = at(StartFailure.STORE, () -> {
                SqlStore made = open(settings, embedding);
                opened.add(made::close);
                made.listen(embedding.told().audit());
                extension.opened(made);
                return made;
            });
            return new Assembly(settings, clock, notices, aboutToAnswer, schedule, hasher, extension, embedding, pairs)
                    .start(main, ofMetrics, store);
        } catch (RuntimeException | Error e) {
            closeAfterFailure(opened, e);
            throw e;
        }
    }

    /** Says of a step of the start that fails what it was. */
    private static <T> T at(StartFailure failure, Supplier<T> step) {
        try {
            return step.get();
        } catch (ServiceException e) {
            throw e.at(failure);
        }
    }

    /** Empty where metrics have no port of their own. */
    private static List<ServerSocketChannel> bindMetrics(ServeSettings settings) {
        ServeSettings.Metrics metrics = settings.metrics();
        Integer port = metrics == null ? null : metrics.port();
        return port == null ? List.of() : Listener.bind(settings.host(), port, ServeFlag.METRICS_PORT);
    }

    private static SqlStore open(ServeSettings settings, Embedding embedding) {
        DataSource source = embedding.dataSource();
        return source != null ? SqlStore.open(source) : SqlStore.open(settings.db(), SqlStore.Mode.CREATE);
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

    private static void closeAfterFailure(List<Closeable> opened, Throwable failure) {
        try {
            for (Closeable one : opened) {
                one.close();
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
