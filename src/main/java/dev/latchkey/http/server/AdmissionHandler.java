package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpListener.Shed;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Has requests handled by another thread in a place of {@link AdmissionControl}, and answers 503 at once to those that
 * there is no room for. Shedding one costs a small part of serving it, and those that are served are served soon.
 * Jetty's {@code QoSHandler} keeps the place until the client has read the answer.
 */
final class AdmissionHandler extends Handler.Wrapper {
    private final AdmissionControl control;
    private final LoadShedder shedder;
    private final AnswerBuffer.Budget unread;

    /**
     * Admits through this control.
     *
     * @param unread what answers may hold that their clients do not read
     */
    AdmissionHandler(AdmissionControl control, LoadShedder shedder, AnswerBuffer.Budget unread) {
        this.control = control;
        this.shedder = shedder;
        this.unread = unread;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        control.submit(new AdmissionControl.Work() {
            @Override
            public Runnable run() {
                AnswerBuffer answer = new AnswerBuffer(request, response, callback, unread);
                dispatch(request, answer);
                return answer::release;
            }

            @Override
            public void shed(Shed reason) {
                shedder.shed(reason, request, response, callback);
            }
        });
        return true;
    }

    /** As the server itself would: what is not handled or fails becomes an error answer. */
    private void dispatch(Request request, AnswerBuffer answer) {
        try {
            if (!super.handle(new UnconsumedRequest(request), answer, answer)) {
                Response.writeError(request, answer, answer, 404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, answer, answer, failure);
        }
    }

    /**
     * Keeps the servlet from discarding a body that it has not read: Jetty then takes the body for failed, and the
     * connection ends before the client has sent all of it. {@link UnreadBodyDrainer} discards it.
     */
    private static final class UnconsumedRequest extends Request.Wrapper {
        UnconsumedRequest(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            return true;
        }
    }
}
