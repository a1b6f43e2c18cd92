package dev.latchkey.http;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.MediaType;
import dev.latchkey.http.exchange.RequestId;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/** One posted form on its way in: collects the body as it arrives, then has it answered. Of one thread at a time. */
final class FormReading implements Invocable.Task {
    private static final byte[] NOTHING = {};

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final FormEndpoint endpoint;
    private final FormDoor door;
    private byte[] body = NOTHING;

    FormReading(Request request, Response response, Callback callback, FormEndpoint endpoint, FormDoor door) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.endpoint = endpoint;
        this.door = door;
    }

    /** Reads, unless the request announces a body that is too large. */
    void begin() {
        if (request.getLength() > FormRequest.MAX_BYTES) {
            refuseSize();
        } else {
            run();
        }
    }

    /** Takes what has arrived; comes back when more has. */
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(new UncheckedIOException("the body did not arrive", new IOException(chunk.getFailure())));
                return;
            }
            append(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (body.length > FormRequest.MAX_BYTES) {
                refuseSize();
                return;
            }
            if (last) {
                answer();
                return;
            }
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private void append(ByteBuffer arrived) {
        int before = body.length;
        body = Arrays.copyOf(body, before + arrived.remaining());
        arrived.get(body, before, body.length - before);
    }

    private void answer() {
        FormBody form;
        try {
            form = form();
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        FormRequest whole = new FormRequest(id(), request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION), form);
        if (door.isPrompt(endpoint, form)) {
            answer(whole);
        } else {
            door.turns().later(request, response, callback, () -> answer(whole));
        }
    }

    private FormBody form() {
        MediaType.require(request.getHeaders().get(HttpHeader.CONTENT_TYPE), FormRequest.MEDIA_TYPE);
        try {
            return FormBody.parse(body, endpoint.repeatable());
        } catch (HttpRefusal e) {
            throw TokenRefusedException.of(OAuthError.INVALID_REQUEST, e.description(), e.reason());
        }
    }

    private void answer(FormRequest whole) {
        Answer answer;
        try {
            answer = endpoint.answer(whole);
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        JettyAnswers.write(answer, request, response, callback);
    }

    private void fail(RuntimeException thrown) {
        JettyAnswers.write(errorOf(thrown), request, response, callback);
    }

    /** The client may still be sending. */
    private void refuseSize() {
        HttpRefusal tooLarge = new HttpRefusal(413, "The body is larger than " + FormRequest.MAX_BYTES + " bytes.");
        body = NOTHING;
        JettyAnswers.write(errorOf(tooLarge), request, response, Leftover.of(request, response, callback));
    }

    private Answer errorOf(RuntimeException thrown) {
        return ErrorAnswers.of(id(), Request.getPathInContext(request), thrown);
    }

    private Object id() {
        return request.getAttribute(RequestId.ATTRIBUTE);
    }
}
