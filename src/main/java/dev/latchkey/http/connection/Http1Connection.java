package dev.latchkey.http.connection;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's HTTP/1.1 connection with what Jetty has no setting for; the one class that knows {@code server.internal}.
 *
 * <ul>
 *   <li>A request has at most 100 header fields and 16 KiB of header, 64 KiB where {@link HeaderLimits} says so, and more is
 *       refused while it is parsed. Jetty bounds the bytes alone: 16 KiB of fields such as {@code a:b} become 400 KiB on
 *       the heap. What a request has beyond 16 KiB comes out of a budget that all connections share, and its connection
 *       ends with the answer, since the parser keeps its buffers for as long as the connection lives.
 *   <li>After each answer the connection goes to the end of the line of its selector, so that a client that sends many
 *       requests ahead is served no more often than one that waits for its answers.
 *   <li>It never changes to another protocol, and takes no trailers and no transfer coding but {@code chunked}.
 * </ul>
 */
final class Http1Connection extends HttpConnection {
    private final HeaderLimits limits;
    private final @Nullable ManagedSelector selector;
    private final @Nullable AnswerBatch batch;
    private int fields;
    private int allowedBytes;
    /** What it has of the budget for large headers. */
    final AtomicInteger reservedBytes = new AtomicInteger();

    Http1Connection(HttpConfiguration http, Connector connector, EndPoint endPoint, HeaderLimits limits) {
        super(http, connector, endPoint);
        this.limits = limits;
        this.selector = SelectorEndPoint.selectorOf(endPoint);
        this.batch = SelectorEndPoint.batchOf(endPoint);
    }

    @Override
    protected HttpParser newHttpParser(HttpCompliance compliance) {
        HttpParser.RequestHandler handler =
                (HttpParser.RequestHandler) super.newHttpParser(compliance).getHandler();
        HttpParser parser = new BoundedParser(handler, compliance);
        parser.setHeaderCacheSize(getHttpConfiguration().getHeaderCacheSize());
        return parser;
    }

    /** Looks at the bytes of a header that is not complete each time that some have come. */
    private final class BoundedParser extends HttpParser {
        BoundedParser(HttpParser.RequestHandler handler, HttpCompliance compliance) {
            super(handler, HeaderLimits.MAX_LARGE_BYTES, compliance);
        }

        @Override
        public boolean parseNext(ByteBuffer buffer) {
            boolean whole = super.parseNext(buffer);
            if (!whole && inHeaderState() && getHeaderLength() > HeaderLimits.MAX_BYTES) {
                try {
                    checkBytes();
                } catch (HttpException.RuntimeException e) {
                    badMessage(e);
                }
            }
            return whole;
        }
    }

    private void checkBytes() {
        int bytes = getParser().getHeaderLength();
        if (bytes > allowedBytes) {
            throw new HttpException.RuntimeException(getParser().isState(HttpParser.State.URI) ? 414 : 431);
        }
        if (!limits.reserve(this, bytes - HeaderLimits.MAX_BYTES - reservedBytes.get())) {
            throw new HttpException.RuntimeException(503);
        }
    }

    @Override
    protected HttpConnection.RequestHandler newRequestHandler() {
        return new BoundedHandler();
    }

    private final class BoundedHandler extends HttpConnection.RequestHandler {
        private HttpVersion version = HttpVersion.HTTP_1_1;

        @Override
        public void messageBegin() {
            fields = 0;
            allowedBytes = HeaderLimits.MAX_BYTES;
            super.messageBegin();
        }

        @Override
        public void startRequest(String method, String target, HttpVersion spoken) {
            allowedBytes = limits.bytesFor(target);
            version = spoken;
            if (target.length() > HeaderLimits.targetBytesFor(allowedBytes)) {
                throw new HttpException.RuntimeException(414);
            }
            super.startRequest(method, target, spoken);
        }

        @Override
        public void parsedHeader(HttpField field) {
            if (++fields > HeaderLimits.MAX_FIELDS) {
                throw new HttpException.RuntimeException(431);
            }
            if (field.getHeader() == HttpHeader.TRANSFER_ENCODING) {
                HeaderLimits.requireChunked(field, version);
            }
            if (field.getHeader() != HttpHeader.UPGRADE) {
                super.parsedHeader(field);
            }
        }

        @Override
        public boolean headerComplete() {
            checkBytes();
            boolean handle = super.headerComplete();
            if (reservedBytes.get() > 0) {
                getGenerator().setPersistent(false);
            }
            return handle;
        }

        @Override
        public void parsedTrailer(HttpField field) {
            // Nothing here reads trailers, so that they are not kept.
        }
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        limits.release(this);
        super.onClose(cause);
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String target, HttpVersion version) {
        return new BatchedStream(method, target, version);
    }

    /** Writes an answer that was made at once, by the thread that read the request, together with others. */
    private final class BatchedStream extends HttpStreamOverHTTP1 {
        BatchedStream(String method, String target, HttpVersion version) {
            super(method, target, version);
        }

        @Override
        public void send(
                MetaData.@Nullable Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            if (last && batch != null && HttpConnection.getCurrentConnection() == Http1Connection.this) {
                batch.add(() -> super.send(request, response, last, content, callback));
            } else {
                super.send(request, response, last, content, callback);
            }
        }
    }

    /** What goes on with this connection after an answer runs in its selector's line, not beside it. */
    @Override
    protected Executor getExecutor() {
        return selector == null ? super.getExecutor() : this::execute;
    }

    private void execute(Runnable task) {
        if (task == this && selector != null) {
            selector.submit(unused -> task.run());
        } else {
            super.getExecutor().execute(task);
        }
    }

    /**
     * Whether it is between two requests, as far as has been read, and waiting to read more. Its thread may work on it
     * meanwhile, so what is looked at last is that it waits, and that no request has begun since the first look.
     */
    boolean isIdle() {
        long requests = getMessagesIn();
        return !isBusy() && getParser().isStart() && isFillInterested() && getMessagesIn() == requests;
    }

    /** Whether a request has arrived and is not answered yet. */
    boolean isBusy() {
        return getHttpChannel().getRequest() != null;
    }

    /** Since when its client has sent nothing, while the service waits for it; negative when it does not. */
    long unusedMillis() {
        return isIdle() && getEndPoint() instanceof IdleTimeout waiting ? waiting.getIdleFor() : requestMillis();
    }

    /** How long ago the request began that has not come whole yet; negative when there is none such. */
    long requestMillis() {
        HttpParser parser = getParser();
        return parser.isComplete() || parser.isStart() || !isRequestBufferEmpty()
                ? -1
                : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - parser.getBeginNanoTime());
    }
}
