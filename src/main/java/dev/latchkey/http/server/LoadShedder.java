package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.http.exchange.HttpListener.Shed;
import dev.latchkey.http.log.LineBudget;
import dev.latchkey.log.LogEvent;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 503 to what there is no room for; counts it, and tells the log once a second at most. Thread-safe. */
final class LoadShedder extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private final Scheduler scheduler;
    private final BooleanSupplier crowded;
    private final HttpListener listener;
    private final LongAdder requests = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final LineBudget malformed = new LineBudget();

    /**
     * Has shed nothing yet.
     *
     * @param crowded whether the connection of a request that is shed is closed, too
     * @param listener is told of each
     */
    LoadShedder(Scheduler scheduler, BooleanSupplier crowded, HttpListener listener) {
        this.scheduler = scheduler;
        this.crowded = crowded;
        this.listener = listener;
    }

    /** Answers 503 with {@code Retry-After}. */
    void shed(Shed reason, Request request, Response response, Callback callback) {
        request(reason);
        if (crowded.getAsBoolean()) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        JettyAnswers.writeBusy(request, response, UnreadBodyDrainer.before(request, response, callback));
    }

    /** Counts a request that was answered 503 elsewhere. */
    void request(Shed reason) {
        requests.increment();
        listener.shed(reason);
    }

    /** Counts a connection that was refused. */
    void connection() {
        connections.increment();
        listener.shed(Shed.CONNECTIONS);
    }

    /** How many lines there may be about malformed requests; those left out are told as what is shed. */
    LineBudget malformed() {
        return malformed;
    }

    @Override
    protected void doStart() {
        tellLater();
    }

    @Override
    protected void doStop() {
        tell();
    }

    private void tellLater() {
        scheduler.schedule(
                () -> {
                    tell();
                    if (isRunning()) {
                        tellLater();
                    }
                },
                1,
                TimeUnit.SECONDS);
    }

    private void tell() {
        long shed = requests.sumThenReset();
        if (shed > 0) {
            LogEvent.REQUESTS_SHED
                    .warn(LOG)
                    .log("503: {} requests turned away within a second; the service is too busy", shed);
        }
        long unlogged = malformed.renew();
        if (unlogged > 0) {
            LogEvent.REQUESTS_UNLOGGED
                    .info(LOG)
                    .log("{} malformed requests within a second have no line of their own", unlogged);
        }
        long refused = connections.sumThenReset();
        if (refused > 0) {
            LogEvent.REQUESTS_SHED
                    .warn(LOG)
                    .log("503: {} connections turned away within a second; too many are open", refused);
        }
    }
}
