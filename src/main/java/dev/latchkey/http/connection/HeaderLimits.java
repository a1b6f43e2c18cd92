package dev.latchkey.http.connection;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;

/**
 * What the header of a request may hold, which requests may have a large one, and how many bytes all of these have beyond
 * the usual. Thread-safe.
 */
public final class HeaderLimits {
    /** The most fields of a header. */
    public static final int MAX_FIELDS = 100;

    /** The most bytes of a header, the request line and line ends included. */
    public static final int MAX_BYTES = 16 * 1024;

    /** The same where a proxy passes the header of the request that it asks about. */
    public static final int MAX_LARGE_BYTES = 64 * 1024;

    /** Of the request target: its parts are kept several times over (RFC 9110 §4.1 asks for 8,000). */
    private static final int MAX_TARGET_BYTES = 8 * 1024;

    /** A large header that takes longer makes room for another. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final Predicate<String> takesLargeHeader;
    private final AtomicLong left;
    private final Set<Http1Connection> large = ConcurrentHashMap.newKeySet();

    /**
     * Limits for one server.
     *
     * @param takesLargeHeader whether a request to this path may have 64 KiB of header
     * @param largeHeaderBytes how many bytes beyond 16 KiB the headers of all connections may have together
     */
    public HeaderLimits(Predicate<String> takesLargeHeader, long largeHeaderBytes) {
        this.takesLargeHeader = takesLargeHeader;
        this.left = new AtomicLong(largeHeaderBytes);
    }

    /** How many bytes the header of a request with this target may have. */
    int bytesFor(String target) {
        int start = target.startsWith("/") ? 0 : target.indexOf('/', target.indexOf("//") + 2);
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        return takesLargeHeader.test(target.substring(Math.min(Math.max(0, start), end), end))
                ? MAX_LARGE_BYTES
                : MAX_BYTES;
    }

    /** How many bytes the target of a request may have whose header may have so many. */
    static int targetBytesFor(int headerBytes) {
        return headerBytes == MAX_BYTES ? MAX_TARGET_BYTES : MAX_BYTES;
    }

    /**
     * RFC 9112 §6.1: HTTP/1.0 knows no transfer coding, and one that is not understood is not guessed at.
     *
     * @throws HttpException.RuntimeException with 400 or 501 when this is not {@code chunked} of HTTP/1.1
     */
    static void requireChunked(HttpField coding, HttpVersion version) {
        if (version == HttpVersion.HTTP_1_0) {
            throw new HttpException.RuntimeException(400);
        }
        if (!"chunked".equalsIgnoreCase(coding.getValue())) {
            throw new HttpException.RuntimeException(501);
        }
    }

    /** Reserves bytes for a connection, where need be those of the one whose header takes longest to arrive. */
    boolean reserve(Http1Connection connection, int bytes) {
        if (bytes <= 0) {
            return true;
        }
        while (left.addAndGet(-bytes) < 0) {
            left.addAndGet(bytes);
            Optional<Http1Connection> slowest = large.stream()
                    .filter(other ->
                            other != connection && other.requestMillis() >= PATIENCE_MILLIS && isSendingHeader(other))
                    .max(Comparator.comparingLong(Http1Connection::requestMillis));
            if (slowest.isEmpty()) {
                return false;
            }
            release(slowest.get());
            slowest.get().getEndPoint().close();
        }
        large.add(connection);
        connection.reservedBytes.addAndGet(bytes);
        return true;
    }

    private static boolean isSendingHeader(Http1Connection connection) {
        return connection.getParser().inHeaderState() && !SelectorEndPoint.hasUnreadBytes(connection.getEndPoint());
    }

    /** Gives back what a connection has reserved. */
    void release(Http1Connection connection) {
        large.remove(connection);
        left.addAndGet(connection.reservedBytes.getAndSet(0));
    }
}
