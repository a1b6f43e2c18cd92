package dev.latchkey.server;

import dev.latchkey.config.ServeSettings;
import dev.latchkey.crypto.Argon2PasswordHasher;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.HttpServer;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.user.PasswordHasher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running service: a store, the signing keys, and HTTP on one port. Thread-safe. */
public final class LatchkeyServer implements AutoCloseable {
    private final HttpServer http;
    private final Housekeeping housekeeping;
    private final SqlStore store;
    private final String url;
    private final String issuer;
    private final ServiceExtension extension;

    LatchkeyServer(
            HttpServer http,
            Housekeeping housekeeping,
            SqlStore store,
            String url,
            String issuer,
            ServiceExtension extension) {
        this.extension = extension;
        this.http = http;
        this.housekeeping = housekeeping;
        this.store = store;
        this.url = url;
        this.issuer = issuer;
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
        return start(
                settings,
                clock,
                notices,
                aboutToAnswer,
                Housekeeping.Schedule.STANDARD,
                Listeners.NONE,
                new Argon2PasswordHasher(),
                extension);
    }

    /** As above, with listeners, housekeeping at other times and passwords hashed otherwise. */
    static LatchkeyServer start(
            ServeSettings settings,
            Clock clock,
            PrintStream notices,
            Runnable aboutToAnswer,
            Housekeeping.Schedule schedule,
            Listeners told,
            PasswordHasher hasher,
            ServiceExtension extension) {
        List<ServerSocketChannel> listeners = Listener.bind(settings.host(), settings.port());
        @Nullable SqlStore store = null;
        try {
            SqlStore.folder(settings.db()).ifPresent(CorrettoProvider::offer);
            if (SqlStore.isMissing(settings.db()) || SqlStore.isInMemory(settings.db())) {
                // The first signing keys will wait for it.
                CorrettoProvider.beginUnreported();
            }
            store = SqlStore.open(settings.db(), SqlStore.Mode.CREATE);
            extension.opened(store);
            LatchkeyServer server = new Assembly(
                            settings, clock, notices, aboutToAnswer, schedule, told, hasher, extension)
                    .start(listeners, store);
            store.listen(new OutageLog(told.store()));
            return server;
        } catch (RuntimeException | Error e) {
            closeAfterFailure(listeners, store, e);
            throw e;
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

    /** How messages name its store; without a password. */
    public String store() {
        return store.shown();
    }

    /** The {@code iss} of its tokens. */
    public String issuer() {
        return issuer;
    }

    /** Stops accepting, finishes requests under way (10 s at most), writes down what was used and closes the store. */
    @Override
    public void close() {
        extension.stopping();
        http.close();
        housekeeping.close();
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
