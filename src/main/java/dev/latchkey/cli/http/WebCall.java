package dev.latchkey.cli.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its answer. Follows no redirect, waits 10 seconds at most for each step, reads 1 MiB at most.
 * Uses the platform's older client, which starts in a fraction of the time of the newer one.
 */
public final class WebCall {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int SLOW_TIMEOUT_MILLIS = 70_000;
    private static final int LONGEST_ANSWER = 1_048_576;

    /** An answer; {@code body} is read as UTF-8. */
    public record Answer(int status, String body) {}

    private final URI uri;
    private final HttpURLConnection connection;

    private WebCall(URI uri, ServerTrust trust) throws IOException {
        this.uri = uri;
        this.connection = trust.connection(uri);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "latchkey");
    }

    public static Answer get(URI uri, ServerTrust trust) {
        return exchange(uri, trust, null, null);
    }

    /** Posts a form. */
    public static Answer post(URI uri, String authorization, String form, ServerTrust trust) {
        return exchange(uri, trust, authorization, form);
    }

    /** Sends JSON, or no body where {@code json} is null; the service may take a minute to begin its answer. */
    public static Answer json(String method, URI uri, @Nullable String json, ServerTrust trust) {
        return exchange(uri, trust, call -> {
            call.connection.setRequestMethod(method);
            call.connection.setReadTimeout(SLOW_TIMEOUT_MILLIS);
            return call.exchange("application/json", json);
        });
    }

    private static Answer exchange(URI uri, ServerTrust trust, @Nullable String authorization, @Nullable String form) {
        return exchange(uri, trust, call -> {
            if (authorization != null) {
                call.connection.setRequestProperty("Authorization", authorization);
            }
            return call.exchange("application/x-www-form-urlencoded", form);
        });
    }

    /** One exchange of a call that is made. */
    private interface Exchange {
        Answer of(WebCall call) throws IOException;
    }

    private static Answer exchange(URI uri, ServerTrust trust, Exchange exchange) {
        try {
            Answer answer = exchange.of(new WebCall(uri, trust));
            if (answer.status() == HttpURLConnection.HTTP_BAD_REQUEST
                    && answer.body().contains("HTTPS port")) {
                throw new IOException("it speaks HTTPS");
            }
            return answer;
        } catch (IOException e) {
            throw ServiceException.of(ErrorKind.UNAVAILABLE, WebCallFailure.explain(uri, e), e);
        }
    }

    private Answer exchange(String contentType, @Nullable String content) throws IOException {
        try {
            if (content != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", contentType);
                try (OutputStream body = connection.getOutputStream()) {
                    body.write(content.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("the answer is not HTTP");
            }
            return new Answer(status, body(status));
        } finally {
            connection.disconnect();
        }
    }

    private String body(int status) throws IOException {
        long start = System.nanoTime();
        boolean failed = status >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = failed ? connection.getErrorStream() : connection.getInputStream()) {
            if (in == null) {
                return "";
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] chunk = new byte[8192];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                body.write(chunk, 0, read);
                if (body.size() > LONGEST_ANSWER) {
                    throw new IOException(uri.getHost() + " sent more than 1 MiB");
                }
                if (Duration.ofNanos(System.nanoTime() - start).toMillis() > TIMEOUT_MILLIS) {
                    throw new SocketTimeoutException("the body takes too long");
                }
            }
            return body.toString(StandardCharsets.UTF_8);
        }
    }
}
