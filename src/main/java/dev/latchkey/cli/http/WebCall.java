package dev.latchkey.cli.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its answer. Follows no redirect, waits 10 seconds at most for each step, reads 1 MiB at most.
 * Uses the platform's older client, which starts in a fraction of the time of the newer one.
 */
public final class WebCall {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int SLOW_TIMEOUT_MILLIS = 70_000;
    private static final int LONGEST_ANSWER = 1_048_576;

    private WebCall() {}

    /** An answer; {@code body} is read as UTF-8. */
    public record Answer(int status, String body) {}

    /** What a request has beside its URL and body. */
    private interface Preparation {
        void apply(HttpURLConnection connection) throws IOException;
    }

    public static Answer get(URI uri, ServerTrust trust) {
        return exchange(uri, trust, connection -> {}, null);
    }

    /** Posts a form. */
    public static Answer post(URI uri, String authorization, String form, ServerTrust trust) {
        return exchange(
                uri,
                trust,
                connection -> {
                    connection.setRequestProperty("Authorization", authorization);
                    connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
                },
                form);
    }

    /** Sends JSON, or no body where {@code json} is null; the service may take a minute to begin its answer. */
    public static Answer json(String method, URI uri, @Nullable String json, ServerTrust trust) {
        return exchange(
                uri,
                trust,
                connection -> {
                    connection.setRequestMethod(method);
                    connection.setReadTimeout(SLOW_TIMEOUT_MILLIS);
                    if (json != null) {
                        connection.setRequestProperty("Content-Type", "application/json");
                    }
                },
                json);
    }

    private static Answer exchange(URI uri, ServerTrust trust, Preparation preparation, @Nullable String content) {
        try {
            HttpURLConnection connection = trust.connection(uri);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("User-Agent", "latchkey");
            preparation.apply(connection);
            Answer answer = exchange(connection, content);
            if (answer.status() == HttpURLConnection.HTTP_BAD_REQUEST
                    && answer.body().contains("HTTPS port")) {
                throw new IOException("it speaks HTTPS");
            }
            return answer;
        } catch (IOException e) {
            throw ServiceException.of(ErrorKind.UNAVAILABLE, explain(uri, e), e);
        }
    }

    private static Answer exchange(HttpURLConnection connection, @Nullable String content) throws IOException {
        try {
            if (content != null) {
                connection.setDoOutput(true);
                try (OutputStream body = connection.getOutputStream()) {
                    body.write(content.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("the answer is not HTTP");
            }
            boolean failed = status >= HttpURLConnection.HTTP_BAD_REQUEST;
            try (InputStream in = failed ? connection.getErrorStream() : connection.getInputStream()) {
                return new Answer(
                        status, in == null ? "" : read(in, connection.getURL().getHost()));
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String read(InputStream in, String host) throws IOException {
        long start = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            body.write(chunk, 0, read);
            if (body.size() > LONGEST_ANSWER) {
                throw new IOException(host + " sent more than 1 MiB");
            }
            if (Duration.ofNanos(System.nanoTime() - start).toMillis() > TIMEOUT_MILLIS) {
                throw new SocketTimeoutException("the body takes too long");
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    /** Why a service did not answer, and what to do. */
    private static String explain(URI uri, IOException e) {
        String place = uri.getScheme() + "://" + uri.getAuthority();
        String plain = "; if it serves plain HTTP, give --url http://" + uri.getAuthority();
        String otherScheme = uri.getScheme().equalsIgnoreCase("http")
                ? "; if it serves HTTPS, give --url https://" + uri.getAuthority()
                : plain;
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return "nothing listens at " + place + "; start the service (latchkey serve) or give its --url";
        }
        if (e instanceof UnknownHostException) {
            return "there is no host " + uri.getHost() + "; check the URL";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer from " + place + " within 10 seconds; check the URL" + otherScheme;
        }
        if (e instanceof SSLException) {
            return tls(uri, place, plain, e);
        }
        return "the exchange with " + place + " broke off: " + e.getMessage() + otherScheme;
    }

    private static String tls(URI uri, String place, String plain, IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("Unsupported or unrecognized SSL message")) {
            return place + " does not speak HTTPS" + plain;
        }
        if (isCausedBy(CertificateExpiredException.class, e)) {
            return "the certificate of " + place + " has expired; renew it";
        }
        if (isCausedBy(CertificateNotYetValidException.class, e)) {
            return "the certificate of " + place + " is not valid yet; check the clocks";
        }
        if (isCausedBy(CertPathBuilderException.class, e)) {
            return "the certificate of " + place
                    + " is signed by itself or by an authority that is not trusted here; name"
                    + " the file of the authority with " + ServerTrust.CA_FILE;
        }
        if (reason.contains("No subject alternative") || reason.contains("No name matching")) {
            return "the certificate of " + place + " is for other names than " + uri.getHost()
                    + "; give a --url with one of its names";
        }
        return "no safe connection to " + place + ": " + reason;
    }

    private static boolean isCausedBy(Class<? extends Throwable> type, Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(type::isInstance);
    }
}
