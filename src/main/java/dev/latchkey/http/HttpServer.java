package dev.latchkey.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.nio.channels.ServerSocketChannel;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side. Thread-safe. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private final JettySetup jetty;
    private final @Nullable Tls tls;

    private HttpServer(JettySetup jetty, @Nullable Tls tls) {
        this.jetty = jetty;
        this.tls = tls;
    }

    /**
     * Puts together what is to answer on a channel that is bound already. Nothing runs before {@link #start}.
     *
     * @param identity the private key and certificate of HTTPS, in a key store with an empty password; null = plain HTTP
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when that fails
     */
    public static HttpServer prepare(ServerSocketChannel listener, HttpServices services, @Nullable KeyStore identity) {
        Tls tls = identity == null ? null : new Tls(identity);
        JettySetup jetty = new JettySetup();
        jetty.prepare(listener, tls, Routes.of(services), services);
        return new HttpServer(jetty, tls);
    }

    /**
     * Starts all that is needed to answer; who connects waits until {@link #answer}.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when that fails
     */
    public void start() {
        jetty.start();
    }

    /**
     * Starts to answer, those first who have connected before.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when that fails
     */
    public void answer() {
        jetty.unlock();
    }

    /**
     * Returns when those who are connected have had their first answers, so that nothing that the caller does then takes
     * the processor from them; after a quarter of a second in any case.
     */
    public void awaitFirstAnswers() {
        jetty.awaitFirstAnswers();
    }

    /** Shows this on new connections, where there is TLS; the store's password is empty. */
    public void renew(KeyStore identity) {
        if (tls != null) {
            tls.renew(identity);
        }
    }

    /** Stops accepting, finishes requests that have come, begun or not (10 s at most), then returns. */
    @Override
    public void close() {
        if (!jetty.drain()) {
            LOG.warn("Some requests were not finished in time and were dropped");
        }
        jetty.stop();
    }
}
