package dev.latchkey.http.server;

import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.http.oauth.ForwardAuth;
import dev.latchkey.network.TrustedProxies;
import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the server answers with, and where.
 *
 * @param forms what takes a form by {@code POST}, by its path
 * @param isForwardAuth whether forward authentication answers at a path, whatever the method
 * @param forwardAuth decides there
 * @param documents the document at a path; null when there is none
 * @param operations gives Javalin everything else
 * @param front what stands before all of these, outermost first; none in a service of its own
 * @param promptStore whether reading from the store never makes a thread wait
 * @param metricsPort the port that metrics have to themselves; null = there is none
 * @param listener is told of all requests
 * @param routeOf the pattern of the route at a path, for the listener and the log
 * @param proxies those that are believed when they say for whom they ask
 */
public record Endpoints(
        Map<String, FormEndpoint> forms,
        Predicate<String> isForwardAuth,
        ForwardAuth forwardAuth,
        Function<String, DocumentHandler.@Nullable Target> documents,
        BiConsumer<JavalinConfig, ManagementBodies> operations,
        List<FrontHandler> front,
        boolean promptStore,
        @Nullable MetricsPort metricsPort,
        HttpListener listener,
        UnaryOperator<String> routeOf,
        TrustedProxies proxies) {}
