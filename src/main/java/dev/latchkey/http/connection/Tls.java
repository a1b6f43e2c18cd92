package dev.latchkey.http.connection;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS: TLS 1.3, and of TLS 1.2 the suites that RFC 9325 §4.2 recommends; HTTP/1.1 inside. One certificate for whatever
 * name a client asks for. Thread-safe.
 */
public final class Tls {
    private static final String NO_PASSWORD = "";

    /** Regular expressions. Forward secrecy by elliptic curves, and encryption that authenticates; nothing else. */
    private static final String[] SUITES = {
        "TLS_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256)",
        "TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256)"
    };

    private final SslContextFactory.Server contexts = new CurvesOnly();

    /** Shows the one entry of a key store, whose password is empty. */
    public Tls(KeyStore identity) {
        contexts.setKeyStore(identity);
        contexts.setKeyStorePassword(NO_PASSWORD);
        contexts.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        contexts.setIncludeCipherSuites(SUITES);
        contexts.setRenegotiationAllowed(false);
    }

    /** How bytes become requests, the outermost first. */
    public ConnectionFactory[] factories(HttpConfiguration http, HeaderLimits limits) {
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ConnectionFactory[] {new TlsConnectionFactory(contexts), new Http1ConnectionFactory(http, limits)};
    }

    /** New connections see the new certificate; those that are open go on. */
    public void renew(KeyStore identity) {
        try {
            contexts.reload(factory -> factory.setKeyStore(identity));
        } catch (Exception e) {
            throw ServiceException.of(ErrorKind.MISCONFIGURED, "The renewed certificate cannot be used.", e);
        }
    }

    /**
     * Agrees on no key by finite fields: TLS 1.3 has such groups too (RFC 8446 §4.2.7), and a client that asks for the
     * largest makes each handshake cost the server a large exponentiation.
     */
    private static final class CurvesOnly extends SslContextFactory.Server {
        @Override
        public SSLParameters customize(SSLParameters parameters) {
            SSLParameters customized = super.customize(parameters);
            customized.setAlgorithmConstraints(new NoFiniteFields());
            return customized;
        }
    }

    /** Stands beside the platform's own constraints, which hold as well. */
    private static final class NoFiniteFields implements AlgorithmConstraints {
        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
            String name = algorithm.toUpperCase(Locale.ROOT);
            return !name.equals("DH")
                    && !name.startsWith("DHE_")
                    && !name.startsWith("DIFFIEHELLMAN")
                    && !name.startsWith("FFDHE");
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return permits(primitives, key.getAlgorithm(), null);
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters parameters) {
            return permits(primitives, algorithm, parameters) && permits(primitives, key);
        }
    }
}
