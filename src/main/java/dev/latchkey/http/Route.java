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

    /** Whether a request's path, as it was sent, is one of this route. A name in braces stands for one segment. */
    boolean isAt(String requestPath) {
        String[] wanted = path.split("/", -1);
        String[] segments = requestPath.split("/", -1);
        boolean same = wanted.length == segments.length;
        for (int i = 0; same && i < wanted.length; i++) {
            same = wanted[i].startsWith("{") ? !segments[i].isEmpty() : wanted[i].equals(segments[i]);
        }
        return same;
    }
}
