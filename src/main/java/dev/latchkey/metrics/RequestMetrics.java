package dev.latchkey.metrics;

import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Counts requests. What a count may be asked for is there from the start, at 0, so that its first rise is seen. Thread-safe. */
final class RequestMetrics implements TokenListener, HttpListener {
    /** In seconds: an ES256 token of an idle service takes less than the first, a store that hangs more than the last. */
    private static final double[] BOUNDS = {
        0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10
    };

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String SERVER_ERROR = "server_error";

    private final Counter tokens;
    private final Histogram tokenSeconds;
    private final Counter introspections;
    private final Counter verifications;
    private final Counter requests;
    private final Counter shed;

    RequestMetrics(PrometheusRegistry registry) {
        tokens = counter(registry, "latchkey_token_requests_total", "Token requests, by their outcome.", "outcome");
        tokenSeconds = Histogram.builder()
                .name("latchkey_token_request_seconds")
                .help("Time from the first byte of a token request until its answer was made.")
                .classicOnly()
                .classicUpperBounds(BOUNDS)
                .withoutExemplars()
                .register(registry);
        introspections = counter(
                registry, "latchkey_introspections_total", "Tokens that were introspected, active or not.", "active");
        verifications = counter(
                registry, "latchkey_verifications_total", "Requests to forward authentication, by outcome.", "outcome");
        requests = counter(
                registry,
                "latchkey_http_requests_total",
                "Requests that were answered, by the pattern of their route and the status.",
                "route",
                "status");
        shed = counter(
                registry,
                "latchkey_requests_shed_total",
                "Requests and connections that were turned away because there were too many.",
                "reason");
        initialize();
    }

    private void initialize() {
        tokens.initLabelValues(ISSUED);
        for (OAuthError error : OAuthError.values()) {
            tokens.initLabelValues(error.code());
        }
        tokens.initLabelValues(SERVER_ERROR);
        introspections.initLabelValues("true");
        introspections.initLabelValues("false");
        for (String outcome : List.of(
                PASSED,
                NO_TOKEN,
                "invalid_token",
                "insufficient_scope",
                OAuthError.INVALID_REQUEST.code(),
                OAuthError.TEMPORARILY_UNAVAILABLE.code(),
                SERVER_ERROR)) {
            verifications.initLabelValues(outcome);
        }
        for (Shed reason : Shed.values()) {
            shed.initLabelValues(reason.label());
        }
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void tokenRequested(String outcome, long nanos) {
        tokens.labelValues(outcome).inc();
        tokenSeconds.observe(nanos / NANOS_PER_SECOND);
    }

    @Override
    public void introspected(boolean active) {
        introspections.labelValues(String.valueOf(active)).inc();
    }

    @Override
    public void verified(String outcome) {
        verifications.labelValues(outcome).inc();
    }

    @Override
    public void answered(String route, int status, long nanos) {
        requests.labelValues(route, Integer.toString(status)).inc();
    }

    @Override
    public void shed(Shed reason) {
        shed.labelValues(reason.label()).inc();
    }
}
