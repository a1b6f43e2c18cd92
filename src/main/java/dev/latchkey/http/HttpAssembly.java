package dev.latchkey.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.Route.Operation;
import dev.latchkey.http.Route.Published;
import dev.latchkey.http.oauth.ForwardAuth;
import dev.latchkey.http.server.DocumentHandler.Target;
import dev.latchkey.http.server.Endpoints;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.http.server.JettyServer;
import dev.latchkey.http.server.MetricsPort;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.nio.channels.ServerSocketChannel;
import java.security.KeyStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the HTTP side together: the map, who may call what, and the server in front. */
public final class HttpAssembly {
    private HttpAssembly() {}

    /**
     * Puts together what is to answer on channels that are bound already. Nothing runs before {@link JettyServer#start}.
     *
     * @param listeners all on one port
     * @param front handlers before all endpoints, outermost first
     * @param metricsPort the port that metrics have to themselves; null = there is none
     * @param identity the private key and certificate of HTTPS, in a key store with an empty password; null = plain HTTP
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when that fails
     */
    public static JettyServer prepare(
            List<ServerSocketChannel> listeners,
            HttpServices services,
            List<FrontHandler> front,
            @Nullable MetricsPort metricsPort,
            @Nullable KeyStore identity) {
        Routes routes = Routes.of(services);
        Endpoints endpoints = new Endpoints(
                routes.forms(),
                routes::isForwardAuth,
                new ForwardAuth(services.accessTokens(), services.uses(), services.clock(), services.tokenListener()),
                path -> target(routes.documentAt(path)),
                (config, bodies) -> configure(config, routes, new RouteAuthorizer(services, bodies)),
                front,
                services.promptStore(),
                metricsPort,
                services.httpListener(),
                routes::patternOf,
                services.proxies());
        return new JettyServer(listeners, endpoints, identity);
    }

    private static @Nullable Target target(@Nullable Published document) {
        return document == null ? null : new Target(document.endpoint(), document.access() == Access.ANY_ORIGIN);
    }

    private static void configure(JavalinConfig config, Routes routes, RouteAuthorizer authorizer) {
        for (Operation route : routes.operations()) {
            Handler handler = authorizer.before(route);
            config.routes.addHttpHandler(route.method(), route.path(), handler);
            if (route.method().equals(HandlerType.GET)) {
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), handler);
            }
        }
        new ErrorHandlers(routes).register(config.routes);
    }
}
