package dev.latchkey.http;

import dev.latchkey.http.Route.Operation;
import dev.latchkey.http.api.ManagementAuthenticator;
import dev.latchkey.http.server.ManagementBodies;
import dev.latchkey.permission.Role;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Holds each operation to what the map says of who may call it, before its body is read. Thread-safe. */
final class RouteAuthorizer {
    /** The largest body of a caller who is not known yet. */
    private static final int MAX_ANONYMOUS_BYTES = 4 * 1024;

    private static final int MAX_BYTES = 1024 * 1024;

    /** IMF-fixdate (RFC 9110 §5.6.7): always two digits for the day, which RFC_1123_DATE_TIME does not write. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ManagementAuthenticator authenticator;
    private final ManagementBodies bodies;
    private final Clock clock;

    RouteAuthorizer(HttpServices services, ManagementBodies bodies) {
        this.authenticator = new ManagementAuthenticator(
                services.sessions(), services.managementTokens(), services.issuer(), services.loopback());
        this.bodies = bodies;
        this.clock = services.clock();
    }

    /** The operation's handler behind what its access asks for. */
    Handler before(Operation route) {
        Handler handler = route.handler();
        return switch (route.access()) {
            case ANY_ORIGIN, PUBLIC -> handler;
            case OWN_PAGES -> dated(authenticator.ownPages(bodies.before(handler, MAX_ANONYMOUS_BYTES)));
            case DEVELOPER -> dated(authenticator.atLeast(Role.DEVELOPER, bodies.before(handler, MAX_BYTES)));
            case ADMIN -> dated(authenticator.atLeast(Role.ADMIN, bodies.before(handler, MAX_BYTES)));
            case OWNER -> dated(authenticator.atLeast(Role.OWNER, bodies.before(handler, MAX_BYTES)));
        };
    }

    /**
     * Says by the service's own clock when the answer was made (RFC 9110 §6.6.1): what has expired is decided by that
     * clock, and the dashboard tells times by it, whatever the browser's clock says.
     */
    private Handler dated(Handler next) {
        return ctx -> {
            ctx.header("Date", HTTP_DATE.format(clock.instant()));
            next.handle(ctx);
        };
    }
}
