package dev.latchkey.http;

import static dev.latchkey.http.Access.ANY_ORIGIN;
import static dev.latchkey.http.Access.PUBLIC;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;

import dev.latchkey.http.Route.Operation;
import dev.latchkey.http.Route.Published;
import dev.latchkey.http.dashboard.DashboardEndpoints;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.http.oauth.IntrospectionEndpoint;
import dev.latchkey.http.oauth.JwkSetEndpoint;
import dev.latchkey.http.oauth.MetadataEndpoint;
import dev.latchkey.http.oauth.ProtectedResourceEndpoint;
import dev.latchkey.http.oauth.RevocationEndpoint;
import dev.latchkey.http.oauth.TokenEndpoint;
import dev.latchkey.signingkey.KeySource;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The map of the service: every URL, and who may call it. Immutable. */
final class Routes {
    private static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";
    private static final String OPENID_METADATA = "/.well-known/openid-configuration";
    private static final String HEALTH = "/health/";
    private static final String METRICS = "/metrics";
    private static final String ASSETS = "/dashboard/assets/";
    private static final String FORWARD_AUTH = "/connect/verify";

    private final Map<String, FormEndpoint> forms;
    private final List<Route> routes;
    private final Map<String, Published> documents;
    private final String issuerPath;

    private Routes(Map<String, FormEndpoint> forms, List<Route> routes, String issuerPath) {
        this.forms = Map.copyOf(forms);
        this.routes = List.copyOf(routes);
        this.issuerPath = issuerPath;
        this.documents = this.routes.stream()
                .filter(Published.class::isInstance)
                .map(Published.class::cast)
                .collect(Collectors.toUnmodifiableMap(Published::path, Function.identity()));
    }

    static Routes of(HttpServices services) {
        KeySource keys = services.keySource();
        DocumentEndpoint jwks = new JwkSetEndpoint(() -> keys.jwkSet());
        String issuer = services.issuer();
        List<String> grants = services.tokens().grantTypes();
        DocumentEndpoint oauthMetadata = MetadataEndpoint.authorizationServer(issuer, grants, services.scopeNames());
        DocumentEndpoint openIdMetadata =
                MetadataEndpoint.openIdConfiguration(issuer, grants, services.scopeNames(), () -> keys.published());

        List<Route> routes = new ArrayList<>(List.of(
                new Published("/.well-known/jwks.json", ANY_ORIGIN, jwks),
                new Published(OPENID_METADATA + "/jwks", ANY_ORIGIN, jwks),
                new Published(OAUTH_METADATA, ANY_ORIGIN, oauthMetadata),
                new Published(OPENID_METADATA, ANY_ORIGIN, openIdMetadata),
                new Published(
                        ProtectedResourceEndpoint.WELL_KNOWN,
                        ANY_ORIGIN,
                        new ProtectedResourceEndpoint(issuer, services.scopeNames(), services.audiences())),
                new Published(HEALTH + "live", PUBLIC, HealthEndpoints.live()),
                new Published(HEALTH + "ready", PUBLIC, HealthEndpoints.ready(services.storeReadable()))));
        DocumentEndpoint metrics = services.metrics();
        if (metrics != null) {
            routes.add(new Published(METRICS, PUBLIC, metrics));
        }
        if (services.dashboard()) {
            routes.addAll(ManagementRoutes.of(services));
            routes.addAll(dashboard(issuer, services.pages()));
        }

        String issuerPath = URI.create(issuer).getRawPath();
        return new Routes(
                forms(services, issuerPath),
                issuerPath.isEmpty() ? routes : belowToo(routes, issuerPath, oauthMetadata, openIdMetadata),
                issuerPath);
    }

    /** The forms that clients post, who prove in each who they are; below the path of the issuer, too. */
    private static Map<String, FormEndpoint> forms(HttpServices services, String issuerPath) {
        Map<String, FormEndpoint> forms = Map.of(
                "/connect/token", new TokenEndpoint(services.tokens(), services.tokenListener()),
                "/connect/introspect", new IntrospectionEndpoint(services.accessTokens()),
                "/connect/revocation", new RevocationEndpoint(services.accessTokens()));
        Map<String, FormEndpoint> everywhere = new HashMap<>(forms);
        forms.forEach((path, endpoint) -> everywhere.put(issuerPath + path, endpoint));
        return everywhere;
    }

    /** The web pages. */
    private static List<Route> dashboard(String issuer, List<String> pages) {
        DashboardEndpoints dashboard = new DashboardEndpoints(issuer, pages);
        return List.of(
                new Published("/", PUBLIC, dashboard::redirect),
                new Published("/dashboard", PUBLIC, dashboard::redirect),
                new Published("/dashboard/", PUBLIC, dashboard::page),
                new Published(ASSETS + "{version}/{name}", PUBLIC, dashboard::asset));
    }

    /**
     * Everything again below the path of the issuer, where the advertised URLs point; and its metadata where RFC 8414 §3
     * inserts the well-known part before that path. A proxy may strip the path or leave it.
     */
    private static List<Route> belowToo(
            List<Route> routes, String issuerPath, DocumentEndpoint oauthMetadata, DocumentEndpoint openIdMetadata) {
        List<Route> all = new ArrayList<>(routes);
        routes.forEach(route -> all.add(route.at(issuerPath + route.path())));
        all.add(new Published(OAUTH_METADATA + issuerPath, ANY_ORIGIN, oauthMetadata));
        all.add(new Published(OPENID_METADATA + issuerPath, ANY_ORIGIN, openIdMetadata));
        return all;
    }

    /** All but the forms and forward authentication. */
    List<Route> all() {
        return routes;
    }

    /** What Javalin answers. */
    List<Operation> operations() {
        return routes.stream()
                .filter(Operation.class::isInstance)
                .map(Operation.class::cast)
                .toList();
    }

    /** The document at a path; null when there is none. */
    @Nullable
    Published documentAt(String path) {
        Published known = documents.get(place(path));
        return known != null || !path.contains(ASSETS)
                ? known
                : documents.values().stream()
                        .filter(document -> document.isAt(path))
                        .findFirst()
                        .orElse(null);
    }

    /** The path that has the route: metadata of a resource stands below the one for all of them. */
    private static String place(String path) {
        int resource = path.indexOf(ProtectedResourceEndpoint.WELL_KNOWN + "/");
        return resource < 0 ? path : path.substring(0, resource) + ProtectedResourceEndpoint.WELL_KNOWN;
    }

    /** What takes a form by {@code POST}, by its path. */
    Map<String, FormEndpoint> forms() {
        return forms;
    }

    /** Whether forward authentication answers here, to any client and method: on its path and on each one below. */
    boolean isForwardAuth(String path) {
        return isAtOrBelow(FORWARD_AUTH, path) || isAtOrBelow(issuerPath + FORWARD_AUTH, path);
    }

    private static boolean isAtOrBelow(String top, String path) {
        return path.startsWith(top) && (path.length() == top.length() || path.charAt(top.length()) == '/');
    }

    /**
     * The pattern of the route at a path, as it was sent, so that those who count what is asked have only so many names;
     * {@link HttpListener#NO_ROUTE} where there is none.
     */
    String patternOf(String path) {
        if (forms.containsKey(path)) {
            return path;
        }
        if (isForwardAuth(path)) {
            return FORWARD_AUTH;
        }
        String place = place(path);
        return routes.stream()
                .filter(route -> route.isAt(place))
                .findFirst()
                .map(Route::path)
                .orElse(HttpListener.NO_ROUTE);
    }

    /** The methods that a path has, for {@code Allow}; empty for a path that is not there. */
    Set<String> methodsOf(String path) {
        Set<String> methods = new TreeSet<>();
        if (forms.containsKey(path)) {
            methods.add(POST.name());
        }
        String place = place(path);
        for (Route route : routes) {
            if (route.isAt(place)) {
                methods.add(route.method().name());
                if (route.method().equals(GET)) {
                    methods.add(HandlerType.HEAD.name());
                }
                if (route.access() == ANY_ORIGIN) {
                    methods.add(HandlerType.OPTIONS.name());
                }
            }
        }
        return methods;
    }
}
