package dev.latchkey.http;

import dev.latchkey.http.api.Guard;
import dev.latchkey.http.api.ManagementServices;
import dev.latchkey.permission.Role;
import io.javalin.http.Handler;
import org.jspecify.annotations.Nullable;

/** Holds each route to what the map says of who may call it. Thread-safe. */
final class Gate {
    private final @Nullable Guard guard;

    Gate(HttpServices services) {
        ManagementServices management = services.management();
        this.guard =
                management == null ? null : new Guard(management.sessions(), management.tokens(), services.issuer());
    }

    /** The route's handler behind what its access asks for. */
    Handler before(Route route) {
        return switch (route.access()) {
            case ANY_ORIGIN -> Cors.readable(route.handler());
            case ANYBODY, CLIENT -> route.handler();
            case OWN_PAGES -> guard(route).ownPages(route.handler());
            case DEVELOPER -> guard(route).atLeast(Role.DEVELOPER, route.handler());
            case ADMIN -> guard(route).atLeast(Role.ADMIN, route.handler());
            case OWNER -> guard(route).atLeast(Role.OWNER, route.handler());
        };
    }

    private Guard guard(Route route) {
        if (guard == null) {
            throw new IllegalStateException("nobody guards " + route.path());
        }
        return guard;
    }
}
