package dev.latchkey.http;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PATCH;
import static io.javalin.http.HandlerType.POST;

import dev.latchkey.http.api.AuditEndpoint;
import dev.latchkey.http.api.KeyEndpoints;
import dev.latchkey.http.api.OpenApiEndpoint;
import dev.latchkey.http.api.ScopeEndpoints;
import dev.latchkey.http.api.SessionEndpoints;
import dev.latchkey.http.api.SigningKeyEndpoints;
import dev.latchkey.http.api.UserEndpoints;
import dev.latchkey.http.dashboard.DashboardEndpoints;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.oauth.IntrospectionEndpoint;
import dev.latchkey.http.oauth.JwkSetEndpoint;
import dev.latchkey.http.oauth.MetadataEndpoint;
import dev.latchkey.http.oauth.RevocationEndpoint;
import dev.latchkey.http.oauth.TokenEndpoint;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The map of the service: every URL, and who may call it. Immutable. */
final class Routes {
    private static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";
    private static final String OPENID_METADATA = "/.well-known/openid-configuration";

    private static final String HEALTH = "/health/";
    private static final String FORWARD_AUTH = "/connect/verify";

    private final Map<String, FormEndpoint> forms;
    private final List<Route> routes;
    private final String issuerPath;

    private Routes(Map<String, FormEndpoint> forms, List<Route> routes, String issuerPath) {
        this.forms = Map.copyOf(forms);
        this.routes = List.copyOf(routes);
        this.issuerPath = issuerPath;
    }

    static Routes of(HttpServices services) {
        Handler jwks = new JwkSetEndpoint(() -> services.signingKeys().jwkSet());
        Handler oauthMetadata = MetadataEndpoint.authorizationServer(services.issuer(), services.scopeNames());
        Handler openIdMetadata = MetadataEndpoint.openIdConfiguration(
                services.issuer(),
                services.scopeNames(),
                () -> services.signingKeys().published());

        List<Route> routes = new ArrayList<>(List.of(
                new Route(GET, "/.well-known/jwks.json", Access.ANY_ORIGIN, jwks),
                new Route(GET, OPENID_METADATA + "/jwks", Access.ANY_ORIGIN, jwks),
                new Route(GET, OAUTH_METADATA, Access.ANY_ORIGIN, oauthMetadata),
                new Route(GET, OPENID_METADATA, Access.ANY_ORIGIN, openIdMetadata),
                new Route(GET, HEALTH + "live", Access.ANYBODY, HealthEndpoints::live),
                new Route(GET, HEALTH + "ready", Access.ANYBODY, HealthEndpoints.ready(services.storeReadable()))));
        if (services.dashboard()) {
            routes.addAll(management(services));
            routes.addAll(dashboard(services.issuer()));
        }

        String issuerPath = URI.create(services.issuer()).getRawPath();
        return new Routes(
                forms(services, issuerPath),
                issuerPath.isEmpty() ? routes : belowToo(routes, issuerPath, oauthMetadata, openIdMetadata),
                issuerPath);
    }

    /** The forms that clients post, who prove in each who they are; below the path of the issuer, too. */
    private static Map<String, FormEndpoint> forms(HttpServices services, String issuerPath) {
        Map<String, FormEndpoint> forms = Map.of(
                "/connect/token", new TokenEndpoint(services.tokens()),
                "/connect/introspect", new IntrospectionEndpoint(services.introspector()),
                "/connect/revocation", new RevocationEndpoint(services.revoker()));
        Map<String, FormEndpoint> everywhere = new HashMap<>(forms);
        forms.forEach((path, endpoint) -> everywhere.put(issuerPath + path, endpoint));
        return everywhere;
    }

    /** The web pages. */
    private static List<Route> dashboard(String issuer) {
        DashboardEndpoints dashboard = new DashboardEndpoints(issuer);
        return List.of(
                new Route(GET, "/", Access.ANYBODY, dashboard::redirect),
                new Route(GET, "/dashboard", Access.ANYBODY, dashboard::redirect),
                new Route(GET, "/dashboard/", Access.ANYBODY, dashboard::page),
                new Route(GET, "/dashboard/assets/{version}/{name}", Access.ANYBODY, dashboard::asset));
    }

    /** The management API, and the document that describes it. */
    private static List<Route> management(HttpServices services) {
        SessionEndpoints session = new SessionEndpoints(services.sessions(), services.issuer());
        KeyEndpoints keys = new KeyEndpoints(services.accessKeys(), services.issuer());
        ScopeEndpoints scopes = new ScopeEndpoints(services.scopeCatalogue());
        UserEndpoints users = new UserEndpoints(services.users());
        SigningKeyEndpoints signingKeys = new SigningKeyEndpoints(services.signingKeys());
        return List.of(
                new Route(POST, "/api/session", Access.OWN_PAGES, session::signIn),
                new Route(GET, "/api/session", Access.DEVELOPER, session::whoAmI),
                new Route(DELETE, "/api/session", Access.DEVELOPER, session::signOut),
                new Route(GET, "/api/keys", Access.DEVELOPER, keys::list),
                new Route(POST, "/api/keys", Access.DEVELOPER, keys::create),
                new Route(GET, "/api/keys/{id}", Access.DEVELOPER, keys::show),
                new Route(PATCH, "/api/keys/{id}", Access.OWNER, keys::edit),
                new Route(DELETE, "/api/keys/{id}", Access.OWNER, keys::delete),
                new Route(POST, "/api/keys/{id}/rotate", Access.OWNER, keys::rotate),
                new Route(GET, "/api/scopes", Access.DEVELOPER, scopes::list),
                new Route(POST, "/api/scopes", Access.OWNER, scopes::add),
                new Route(DELETE, "/api/scopes/{name}", Access.OWNER, scopes::remove),
                new Route(GET, "/api/users", Access.ADMIN, users::list),
                new Route(POST, "/api/users", Access.OWNER, users::add),
                new Route(PATCH, "/api/users/{name}", Access.OWNER, users::change),
                new Route(DELETE, "/api/users/{name}", Access.OWNER, users::remove),
                new Route(GET, "/api/signing-keys", Access.OWNER, signingKeys::list),
                new Route(POST, "/api/signing-keys/rotate", Access.OWNER, signingKeys::rotate),
                new Route(GET, "/api/audit", Access.ADMIN, new AuditEndpoint(services.audit())),
                new Route(GET, "/openapi.json", Access.ANYBODY, new OpenApiEndpoint(services.issuer())));
    }

    /**
     * Everything again below the path of the issuer, where the advertised URLs point; and its metadata where RFC 8414 §3
     * inserts the well-known part before that path. A proxy may strip the path or leave it.
     */
    private static List<Route> belowToo(
            List<Route> routes, String issuerPath, Handler oauthMetadata, Handler openIdMetadata) {
        List<Route> all = new ArrayList<>(routes);
        routes.forEach(route ->
                all.add(new Route(route.method(), issuerPath + route.path(), route.access(), route.handler())));
        all.add(new Route(GET, OAUTH_METADATA + issuerPath, Access.ANY_ORIGIN, oauthMetadata));
        all.add(new Route(GET, OPENID_METADATA + issuerPath, Access.ANY_ORIGIN, openIdMetadata));
        return all;
    }

    /** What Javalin answers. */
    List<Route> all() {
        return routes;
    }

    /** What takes a form by {@code POST}, by its path. */
    Map<String, FormEndpoint> forms() {
        return forms;
    }

    /** The paths whose answer waits for no store, and goes on under every load. */
    Set<String> fromMemory() {
        return routes.stream()
                .filter(route ->
                        route.access() == Access.ANY_ORIGIN || route.path().contains(HEALTH))
                .map(Route::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether forward authentication answers here, to anybody and any method: on its path and on each one below. */
    boolean isForwardAuth(String path) {
        return isAtOrBelow(FORWARD_AUTH, path) || isAtOrBelow(issuerPath + FORWARD_AUTH, path);
    }

    private static boolean isAtOrBelow(String top, String path) {
        return path.startsWith(top) && (path.length() == top.length() || path.charAt(top.length()) == '/');
    }

    /** The methods that a path has, for {@code Allow}; empty for a path that is not there. */
    Set<String> methodsOf(String path) {
        Set<String> methods = new TreeSet<>();
        if (forms.containsKey(path)) {
            methods.add(POST.name());
        }
        for (Route route : routes) {
            if (route.isAt(path)) {
                methods.add(route.method().name());
                if (route.method().equals(GET)) {
                    methods.add(HandlerType.HEAD.name());
                }
                if (route.access() == Access.ANY_ORIGIN) {
                    methods.add(HandlerType.OPTIONS.name());
                }
            }
        }
        return methods;
    }
}
