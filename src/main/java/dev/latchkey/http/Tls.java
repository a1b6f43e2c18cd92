package dev.latchkey.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.security.KeyStore;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * HTTPS: TLS 1.2 and 1.3 with the cipher suites that Jetty thinks sound, HTTP/1.1 inside. One certificate for whatever
 * name a client asks for. Thread-safe.
 */
final class Tls {
    private static final String NO_PASSWORD = "";

    private final SslContextFactory.Server contexts = new SslContextFactory.Server();

    /** Shows the one entry of a key store, whose password is empty. */
    Tls(KeyStore identity) {
        contexts.setKeyStore(identity);
        contexts.setKeyStorePassword(NO_PASSWORD);
        contexts.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        contexts.setRenegotiationAllowed(false);
    }

    /** How bytes become requests, the outermost first. */
    ConnectionFactory[] factories(HttpConfiguration http) {
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ConnectionFactory[] {
            new SslConnectionFactory(contexts, HttpVersion.HTTP_1_1.asString()), new HttpConnectionFactory(http)
        };
    }

    /** New connections see the new certificate; those that are open go on. */
    void renew(KeyStore identity) {
        try {
            contexts.reload(factory -> factory.setKeyStore(identity));
        } catch (Exception e) {
            throw LatchkeyException.of(ErrorKind.MISCONFIGURED, "The renewed certificate cannot be used.", e);
        }
    }
}
