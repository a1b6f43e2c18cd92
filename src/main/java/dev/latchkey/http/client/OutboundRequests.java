package dev.latchkey.http.client;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** A few GET requests to others, bounded in time and size; sends nothing but the URL. For one thread. */
final class OutboundRequests implements AutoCloseable {
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_KEPT = Duration.ofMinutes(1);
    private static final Duration LONGEST_KEPT = Duration.ofHours(24);
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[\\s,])max-age=\"?(\\d{1,9})");
    private static final int THREADS = 6;
    private static final long STOP_MILLIS = 500;

    /** For how long an answer may be kept that says nothing of it. */
    private static final Duration KEPT_UNTOLD = Duration.ofMinutes(5);

    private final HttpClient client;

    /**
     * What was answered.
     *
     * @param keep for how long it may be kept, 1 minute to 24 hours
     */
    record Answer(String body, Duration keep) {}

    private OutboundRequests(HttpClient client) {
        this.client = client;
    }

    /**
     * Ready to ask.
     *
     * @param ca PEM certificates that a host's is trusted by; null = the platform's
     */
    static OutboundRequests trusting(@Nullable String ca) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("latchkey-jwks");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        // Without patience, idle threads are not woken when the pool stops, and stay for a minute.
        threads.setStopTimeout(STOP_MILLIS);
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (ca != null) {
            tls.setTrustStore(trustStore(ca));
        }
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls);
        connector.setExecutor(threads);
        connector.setSelectors(1);
        connector.setConnectTimeout(PATIENCE);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(threads);
        client.setSocketAddressResolver(new JudgingResolver(threads));
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setMaxResponseHeadersSize(MOST_BYTES / 4);
        try {
            client.start();
        } catch (Exception e) {
            throw new IOException("the HTTP client does not start", e);
        }
        // Neither redirects nor challenges are acted on, and a body is as long as it is.
        client.getProtocolHandlers().clear();
        client.getContentDecoderFactories().clear();
        return new OutboundRequests(client);
    }

    private static KeyStore trustStore(String pem) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            return trusted;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates of the issuer's CA cannot be read", e);
        }
    }

    /** The answer with the status 200; what else comes fails with a message that says what it was. */
    Answer get(URI url) throws IOException {
        var request = client.newRequest(url)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> headers.put(HttpHeader.ACCEPT, "application/json, application/jwk-set+json")
                        .put(HttpHeader.CONNECTION, "close"));
        try {
            ContentResponse answer = new CompletableResponseListener(request, MOST_BYTES)
                    .send()
                    .get(PATIENCE.toMillis() + 500, TimeUnit.MILLISECONDS);
            if (answer.getStatus() != 200) {
                throw new IOException(url + " answered " + answer.getStatus());
            }
            return new Answer(new String(answer.getContent(), StandardCharsets.UTF_8), keep(answer.getHeaders()));
        } catch (TimeoutException e) {
            throw new IOException(url + " did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(url + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(url + " was not waited for", e);
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof TimeoutException) {
            return "no whole answer within " + PATIENCE.toSeconds() + " s";
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof CertPathBuilderException) {
                return "its certificate is signed by itself or by an authority that is not trusted here; add the issuer"
                        + " with the authority's certificates (--ca-file)";
            }
        }
        if (cause instanceof EOFException || cause instanceof HttpResponseException) {
            // Their messages describe objects of the client.
            return "the answer is broken off, or is not HTTP";
        }
        String message = cause.getMessage();
        if (message == null) {
            return cause.getClass().getSimpleName();
        }
        return message.startsWith("Buffering capacity")
                ? "the answer is larger than " + MOST_BYTES + " bytes"
                : message;
    }

    /** RFC 9111 §4.2.1: max-age, else Expires. */
    private static Duration keep(HttpFields headers) {
        Duration told = KEPT_UNTOLD;
        HttpField control = headers.getField(HttpHeader.CACHE_CONTROL);
        String directives = control == null
                ? ""
                : String.join(",", headers.getValuesList(HttpHeader.CACHE_CONTROL))
                        .toLowerCase(Locale.ROOT);
        Matcher maxAge = MAX_AGE.matcher(directives);
        if (directives.contains("no-store") || directives.contains("no-cache")) {
            told = Duration.ZERO;
        } else if (maxAge.find()) {
            told = Duration.ofSeconds(Long.parseLong(maxAge.group(1)));
        } else if (headers.contains(HttpHeader.EXPIRES) && headers.contains(HttpHeader.DATE)) {
            told = between(headers.get(HttpHeader.DATE), headers.get(HttpHeader.EXPIRES));
        }
        Duration least = told.compareTo(SHORTEST_KEPT) < 0 ? SHORTEST_KEPT : told;
        return least.compareTo(LONGEST_KEPT) > 0 ? LONGEST_KEPT : least;
    }

    private static Duration between(String date, String expires) {
        try {
            return Duration.between(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME),
                    ZonedDateTime.parse(expires, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            // An Expires that is no date is in the past (RFC 9111 §5.3).
            return Duration.ZERO;
        }
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            // What was answered stands; threads that are left are daemons.
            return;
        }
    }
}
