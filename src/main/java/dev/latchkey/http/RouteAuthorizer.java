package dev.latchkey.http;

import dev.latchkey.http.Route.Operation;
import dev.latchkey.http.api.ManagementAuthenticator;
import dev.latchkey.http.server.ManagementBodies;
import dev.latchkey.permission.Role;
import io.javalin.http.Handler;

/** Holds each operation to what the map says of who may call it, before its body is read. Thread-safe. */
final class RouteAuthorizer {
    /** The largest body of a caller who is not known yet. */
    private static final int MAX_ANONYMOUS_BYTES = 4 * 1024;

    private static final int MAX_BYTES = 1024 * 1024;

    private final ManagementAuthenticator authenticator;
    private final ManagementBodies bodies;

    RouteAuthorizer(HttpServices services, ManagementBodies bodies) {
        this.authenticator = new ManagementAuthenticator(
                services.sessions(), services.managementTokens(), services.issuer(), services.loopback());
        this.bodies = bodies;
    }

    /** The operation's handler behind what its access asks for. */
    Handler before(Operation route) {
        Handler handler = route.handler();
        return switch (route.access()) {
            case ANY_ORIGIN, ANYBODY -> handler;
            case OWN_PAGES -> authenticator.ownPages(bodies.before(handler, MAX_ANONYMOUS_BYTES));
            case DEVELOPER -> authenticator.atLeast(Role.DEVELOPER, bodies.before(handler, MAX_BYTES));
            case ADMIN -> authenticator.atLeast(Role.ADMIN, bodies.before(handler, MAX_BYTES));
            case OWNER -> authenticator.atLeast(Role.OWNER, bodies.before(handler, MAX_BYTES));
        };
    }
}
