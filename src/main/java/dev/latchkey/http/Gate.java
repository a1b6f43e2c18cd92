package dev.latchkey.http;

import dev.latchkey.http.api.ManagementAuthenticator;
import dev.latchkey.permission.Role;
import io.javalin.http.Handler;

/** Holds each route to what the map says of who may call it. Thread-safe. */
final class Gate {
    private final ManagementAuthenticator authenticator;

    Gate(HttpServices services) {
        this.authenticator = new ManagementAuthenticator(
                services.sessions(), services.managementTokens(), services.issuer(), services.loopback());
    }

    /** The route's handler behind what its access asks for. */
    Handler before(Route route) {
        return switch (route.access()) {
            case ANY_ORIGIN -> Cors.readable(route.handler());
            case ANYBODY -> route.handler();
            case OWN_PAGES -> authenticator.ownPages(route.handler());
            case DEVELOPER -> authenticator.atLeast(Role.DEVELOPER, route.handler());
            case ADMIN -> authenticator.atLeast(Role.ADMIN, route.handler());
            case OWNER -> authenticator.atLeast(Role.OWNER, route.handler());
        };
    }
}
