package dev.latchkey.http;

import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormEndpoint;
import java.util.Map;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets the endpoints that take a form answer before Javalin would. A form is read without holding a thread, and what
 * only reads from a store that answers promptly is answered by the thread that read the request from its connection: no
 * other has to be woken for it, and no more of them sign at a time than there are processors.
 */
final class FormDoor extends Handler.Wrapper {
    private final Map<String, FormEndpoint> endpoints;
    private final boolean promptStore;
    private final TurnHandler turns;

    /**
     * Answers {@code POST} on these paths.
     *
     * @param promptStore whether reading from the store never makes a thread wait
     * @param turns where everything else waits for a thread
     */
    FormDoor(Map<String, FormEndpoint> endpoints, boolean promptStore, TurnHandler turns) {
        this.endpoints = Map.copyOf(endpoints);
        this.promptStore = promptStore;
        this.turns = turns;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        FormEndpoint endpoint = endpoints.get(Request.getPathInContext(request));
        if (endpoint == null || !HttpMethod.POST.is(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        new FormReading(request, response, callback, endpoint, this).begin();
        return true;
    }

    /** Whether a form can be answered by the thread that read it. */
    boolean isPrompt(FormEndpoint endpoint, FormBody form) {
        return promptStore && !endpoint.writes(form);
    }

    TurnHandler turns() {
        return turns;
    }
}
