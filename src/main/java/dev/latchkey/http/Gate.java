package dev.latchkey.http;

import dev.latchkey.http.api.Guard;
import dev.latchkey.permission.Role;
import io.javalin.http.Handler;

/** Holds each route to what the map says of who may call it. Thread-safe. */
final class Gate {
    private final Guard guard;

    Gate(HttpServices services) {
        this.guard = new Guard(services.sessions(), services.managementTokens(), services.issuer());
    }

    /** The route's handler behind what its access asks for. */
    Handler before(Route route) {
        return switch (route.access()) {
            case ANY_ORIGIN -> Cors.readable(route.handler());
            case ANYBODY -> route.handler();
            case OWN_PAGES -> guard.ownPages(route.handler());
            case DEVELOPER -> guard.atLeast(Role.DEVELOPER, route.handler());
            case ADMIN -> guard.atLeast(Role.ADMIN, route.handler());
            case OWNER -> guard.atLeast(Role.OWNER, route.handler());
        };
    }
}
