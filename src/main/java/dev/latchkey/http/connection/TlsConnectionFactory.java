package dev.latchkey.http.connection;

import dev.latchkey.http.exchange.ErrorBody;
import dev.latchkey.http.exchange.RequestId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Makes connections of TLS with HTTP/1.1 inside. A client that speaks plain HTTP to one is told so, instead of getting an
 * alert of TLS that it would take for a broken answer; the connection is counted, timed and ended like any other whose
 * handshake fails, which those of Jetty's {@code DetectorConnectionFactory} would not be before their first two bytes.
 */
final class TlsConnectionFactory extends SslConnectionFactory {
    TlsConnectionFactory(SslContextFactory.Server contexts) {
        super(contexts, HttpVersion.HTTP_1_1.asString());
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new TlsConnection(
                connector.getByteBufferPool(),
                connector.getExecutor(),
                getSslContextFactory(),
                endPoint,
                engine,
                isDirectBuffersForEncryption(),
                isDirectBuffersForDecryption());
    }

    private static final class TlsConnection extends SslConnection {
        TlsConnection(
                ByteBufferPool buffers,
                Executor executor,
                SslContextFactory contexts,
                EndPoint endPoint,
                SSLEngine engine,
                boolean directOut,
                boolean directIn) {
            super(buffers, executor, contexts, endPoint, engine, directOut, directIn);
        }

        @Override
        protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer input, ByteBuffer output) throws SSLException {
            boolean letter = input.hasRemaining() && isCapitalLetter(input.get(input.position()));
            try {
                return super.unwrap(engine, input, output);
            } catch (SSLException e) {
                if (letter && getBytesOut() == 0) {
                    refusePlainHttp();
                }
                throw e;
            }
        }

        /** So begins a request of HTTP, and no record of TLS. */
        private static boolean isCapitalLetter(byte first) {
            return first >= 'A' && first <= 'Z';
        }

        /** Never waits: what does not fit into the socket's buffer is lost. */
        private void refusePlainHttp() {
            try {
                networkFlush(ByteBuffer.wrap(badRequest()));
            } catch (IOException e) {
                // The client has gone.
            }
        }
    }

    private static byte[] badRequest() {
        ErrorBody error = ErrorBody.oauth(
                "invalid_request", "The request is plain HTTP, and this is an HTTPS port: write https:// in its URL.");
        String body = new String(error.bytes(), StandardCharsets.UTF_8);
        String answer = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nCache-Control: no-store\r\nPragma: no-cache\r\nX-Content-Type-Options: nosniff\r\n"
                + RequestId.HEADER + ": " + RequestId.fresh() + "\r\nConnection: close\r\n\r\n" + body;
        return answer.getBytes(StandardCharsets.US_ASCII);
    }
}
