package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpListener.Shed;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.RequestBody;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Reads the bodies of management requests: when the caller is known, without a thread and without a place while they
 * arrive, and few large ones at a time, since JSON that was taken apart needs many times its bytes. Thread-safe.
 */
public final class ManagementBodies {
    private static final int LARGE_BYTES = 16 * 1024;
    private static final int MAX_LARGE = 2;

    private final AdmissionControl control;
    private final LoadShedder shedder;
    private final Semaphore large = new Semaphore(MAX_LARGE);

    ManagementBodies(AdmissionControl control, LoadShedder shedder) {
        this.control = control;
        this.shedder = shedder;
    }

    /** The handler with a body of at most so many bytes, for {@link RequestBody#read}; a larger one is refused with 413. */
    public Handler before(Handler handler, int maxBytes) {
        return ctx -> {
            if (RequestBody.isAbsent(ctx)) {
                handler.handle(ctx);
            } else {
                Request request = ServletContextRequest.getServletContextRequest(ctx.req())
                        .getWrapped();
                ctx.future(() -> new Reading(handler, ctx).begin(request, maxBytes));
            }
        };
    }

    /** One body on its way in, and then its request in a place. */
    private final class Reading implements BodyReader.Receiver, AdmissionControl.Work {
        private final Handler handler;
        private final Context ctx;
        private final CompletableFuture<Void> handled = new CompletableFuture<>();
        private boolean holdsLarge;

        Reading(Handler handler, Context ctx) {
            this.handler = handler;
            this.ctx = ctx;
        }

        CompletableFuture<Void> begin(Request request, int maxBytes) {
            BodyReader.read(request, maxBytes, this);
            return handled.whenComplete((done, failure) -> {
                if (holdsLarge) {
                    large.release();
                }
            });
        }

        @Override
        public void growsTo(int bytes) {
            if (bytes > LARGE_BYTES && !holdsLarge) {
                if (!large.tryAcquire()) {
                    throw busy(Shed.LARGE_BODIES);
                }
                holdsLarge = true;
            }
        }

        private HttpRefusal busy(Shed reason) {
            shedder.request(reason);
            return new HttpRefusal(503, "The service is too busy; try again.");
        }

        @Override
        public void received(byte[] body) {
            RequestBody.attach(ctx, body);
            control.submit(this);
        }

        @Override
        public void refused(HttpRefusal refusal) {
            handled.completeExceptionally(refusal);
        }

        @Override
        public Runnable run() {
            try {
                handler.handle(ctx);
                return () -> handled.complete(null);
            } catch (Exception e) {
                return () -> handled.completeExceptionally(e);
            }
        }

        @Override
        public void shed(Shed reason) {
            handled.completeExceptionally(busy(reason));
        }
    }
}
