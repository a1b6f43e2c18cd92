package dev.latchkey.http;

import dev.latchkey.http.exchange.HttpListener;

/** Names routes for those who count what is asked: by the pattern of the map, so that there are only so many names. */
final class RoutePatterns {
    private RoutePatterns() {}

    /** The pattern of the route at a path, as it was sent; {@link HttpListener#NO_ROUTE} where there is none. */
    static String of(Routes routes, String path) {
        if (routes.forms().containsKey(path)) {
            return path;
        }
        if (routes.isForwardAuth(path)) {
            return Routes.FORWARD_AUTH;
        }
        String place = Routes.place(path);
        for (Route route : routes.all()) {
            if (route.isAt(place)) {
                return route.path();
            }
        }
        return HttpListener.NO_ROUTE;
    }
}
