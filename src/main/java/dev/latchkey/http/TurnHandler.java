package dev.latchkey.http;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets requests be worked on in turn and answers 503 at once to those that there is no room for. Turning one away costs
 * a small part of serving it, and those who are served are served soon.
 */
final class TurnHandler extends Handler.Wrapper {
    private final Turns turns;
    private final Predicate<Request> needsTurn;
    private final TurnedAway turnedAway;
    private final BooleanSupplier crowded;

    /**
     * As said.
     *
     * @param needsTurn other requests are let through at once
     * @param crowded whether the connection of a request that is turned away is closed, too
     */
    TurnHandler(Turns turns, Predicate<Request> needsTurn, TurnedAway turnedAway, BooleanSupplier crowded) {
        this.turns = turns;
        this.needsTurn = needsTurn;
        this.turnedAway = turnedAway;
        this.crowded = crowded;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!needsTurn.test(request)) {
            return super.handle(request, response, callback);
        }
        if (turns.take()) {
            try {
                return super.handle(request, response, callback);
            } finally {
                turns.end();
            }
        }
        later(request, response, callback, () -> Handling.goOn(getHandler(), request, response, callback));
        return true;
    }

    /** Has the work done, which answers the request, by another thread and in turn. */
    void later(Request request, Response response, Callback callback, Runnable work) {
        if (!turns.queue(new Later(request, response, callback, work))) {
            turnAway(request, response, callback);
        }
    }

    private void turnAway(Request request, Response response, Callback callback) {
        turnedAway.request();
        if (crowded.getAsBoolean()) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        JettyErrors.write(request, response, callback, 503, "The service is too busy; try again.");
    }

    private final class Later implements Turns.Work {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Runnable work;

        Later(Request request, Response response, Callback callback, Runnable work) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.work = work;
        }

        @Override
        public void begin() {
            work.run();
        }

        @Override
        public void turnAway() {
            TurnHandler.this.turnAway(request, response, callback);
        }
    }
}
