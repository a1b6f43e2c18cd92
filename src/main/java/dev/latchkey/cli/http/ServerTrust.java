package dev.latchkey.cli.http;

import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.config.LocalServiceUrl;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.crypto.pem.KeyFile;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates a command believes a service. */
public final class ServerTrust {
    static final String CA_FILE = "--ca-file";

    /** Null = those of the Java platform. */
    private final @Nullable SSLContext ssl;

    /** Whether it is this machine's own service, whose certificate need not be for the host of the URL. */
    private final boolean ownService;

    private ServerTrust(@Nullable SSLContext ssl, boolean ownService) {
        this.ssl = ssl;
        this.ownService = ownService;
    }

    public static Syntax declare(Syntax syntax) {
        return syntax.value(CA_FILE, "FILE", "PEM certificates that the service's must be signed by, or be one of.");
    }

    /** What {@code --ca-file} names, else what the Java platform trusts. */
    public static ServerTrust of(Invocation run) {
        return new ServerTrust(run.value(CA_FILE).map(ServerTrust::authorities).orElse(null), false);
    }

    /** For a service that shows the certificate which the environment names: that one, whatever host it is for. */
    static ServerTrust ofEnvironment(CliContext context) {
        String file = ServeFlag.TLS_CERT.choose(null, context.env());
        if (!LocalServiceUrl.isTls(context.env()) || file == null) {
            return new ServerTrust(null, true);
        }
        List<X509Certificate> own = read(file, ServeFlag.TLS_CERT.variable());
        return new ServerTrust(context(new Own(own, file)), true);
    }

    /**
     * For a probe of this machine's own service, which is sent no secret: a renewed certificate that the service does not
     * take is no reason to call it unwell, and to have it started again without any.
     */
    static ServerTrust ofProbe() {
        return new ServerTrust(context(new Own(null, "")), true);
    }

    /** Opens no connection yet. This machine's own service is asked without the proxy that the Java platform may have. */
    HttpURLConnection connection(URI uri) throws IOException {
        URL url = uri.toURL();
        HttpURLConnection connection =
                (HttpURLConnection) (ownService ? url.openConnection(Proxy.NO_PROXY) : url.openConnection());
        if (connection instanceof HttpsURLConnection https && ssl != null) {
            https.setSSLSocketFactory(ssl.getSocketFactory());
            if (ownService) {
                https.setHostnameVerifier((host, session) -> true);
            }
        }
        return connection;
    }

    private static List<X509Certificate> read(String file, String source) {
        return new KeyFile(InputFile.path(source, file), source + " file").readCertificates();
    }

    private static SSLContext authorities(String file) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (X509Certificate certificate : read(file, CA_FILE)) {
                trusted.setCertificateEntry("ca" + trusted.size(), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            return context(managers.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a key store in memory takes every certificate", e);
        }
    }

    private static SSLContext context(TrustManager... managers) {
        try {
            SSLContext ssl = SSLContext.getInstance("TLS");
            ssl.init(null, managers, null);
            return ssl;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /**
     * This machine's own service.
     *
     * @param certificates of which it shows one; null = any will do
     */
    private record Own(@Nullable List<X509Certificate> certificates, String file) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
            if (certificates != null && !certificates.contains(chain[0])) {
                throw new CertificateException("it shows another certificate than the one in " + file);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
            throw new CertificateException("no server is asked here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
