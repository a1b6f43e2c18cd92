package dev.latchkey.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Objects;

/**
 * One method of one path.
 *
 * @param method the HTTP method
 * @param path the path below the issuer's own, as Javalin writes it
 * @param access who may call it; a route that names nobody cannot be made
 * @param handler what answers
 */
record Route(HandlerType method, String path, Access access, Handler handler) {
    Route {
        Objects.requireNonNull(access, "a route must say who may call it");
    }
}
