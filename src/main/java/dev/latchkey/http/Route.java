package dev.latchkey.http;

import dev.latchkey.http.exchange.DocumentEndpoint;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Objects;

/** One method of one path, and who may call it. */
sealed interface Route {
    HandlerType method();

    /** The path below the issuer's own, as Javalin writes it. */
    String path();

    /** Who may call it; a route without it cannot be made. */
    Access access();

    /** The same at another path. */
    Route at(String otherPath);

    /** Whether a request's path, as it was sent, is one of this route. A name in braces stands for one segment. */
    default boolean isAt(String requestPath) {
        String[] wanted = path().split("/", -1);
        String[] segments = requestPath.split("/", -1);
        boolean same = wanted.length == segments.length;
        for (int i = 0; same && i < wanted.length; i++) {
            same = wanted[i].startsWith("{") ? !segments[i].isEmpty() : wanted[i].equals(segments[i]);
        }
        return same;
    }

    /** A document: {@code GET} and {@code HEAD}, without a place among those that wait for the store. */
    record Published(String path, Access access, DocumentEndpoint endpoint) implements Route {
        public Published {
            Objects.requireNonNull(access, "a route must say who may call it");
        }

        @Override
        public HandlerType method() {
            return HandlerType.GET;
        }

        @Override
        public Route at(String otherPath) {
            return new Published(otherPath, access, endpoint);
        }
    }

    /** An operation of the management API, which Javalin routes. */
    record Operation(HandlerType method, String path, Access access, Handler handler) implements Route {
        public Operation {
            Objects.requireNonNull(access, "a route must say who may call it");
        }

        @Override
        public Route at(String otherPath) {
            return new Operation(method, otherPath, access, handler);
        }
    }
}
