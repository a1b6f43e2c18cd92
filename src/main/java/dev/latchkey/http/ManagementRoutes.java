package dev.latchkey.http;

import static dev.latchkey.http.Access.ADMIN;
import static dev.latchkey.http.Access.DEVELOPER;
import static dev.latchkey.http.Access.OWNER;
import static dev.latchkey.http.Access.OWN_PAGES;
import static dev.latchkey.http.Access.PUBLIC;
import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PATCH;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import dev.latchkey.http.Route.Operation;
import dev.latchkey.http.Route.Published;
import dev.latchkey.http.api.AuditEndpoint;
import dev.latchkey.http.api.IssuerEndpoints;
import dev.latchkey.http.api.KeyEndpoints;
import dev.latchkey.http.api.OpenApiEndpoint;
import dev.latchkey.http.api.ScopeEndpoints;
import dev.latchkey.http.api.ServiceEndpoint;
import dev.latchkey.http.api.SessionEndpoints;
import dev.latchkey.http.api.SigningKeyEndpoints;
import dev.latchkey.http.api.UserEndpoints;
import java.util.List;

/** The part of the map that the dashboard and the management API's other clients call. */
final class ManagementRoutes {
    private ManagementRoutes() {}

    /** The management API, and the document that describes it. */
    static List<Route> of(HttpServices services) {
        SessionEndpoints session = new SessionEndpoints(services.sessions(), services.issuer());
        KeyEndpoints keys =
                new KeyEndpoints(services.accessKeys(), services.advisor(), services.issuers(), services.issuer());
        ScopeEndpoints scopes = new ScopeEndpoints(services.scopeCatalogue());
        IssuerEndpoints issuers = new IssuerEndpoints(services.issuers());
        UserEndpoints users = new UserEndpoints(services.users());
        SigningKeyEndpoints signingKeys = new SigningKeyEndpoints(services.signingKeys());
        ServiceEndpoint service = new ServiceEndpoint(services.facts(), services.keySource(), services.clock());
        return List.of(
                new Operation(POST, "/api/session", OWN_PAGES, session::signIn),
                new Operation(GET, "/api/session", DEVELOPER, session::whoAmI),
                new Operation(DELETE, "/api/session", DEVELOPER, session::signOut),
                new Operation(PUT, "/api/session/password", DEVELOPER, session::changePassword),
                new Operation(GET, "/api/session/others", DEVELOPER, session::others),
                new Operation(DELETE, "/api/session/others", DEVELOPER, session::endOthers),
                new Operation(GET, "/api/keys", DEVELOPER, keys::list),
                new Operation(POST, "/api/keys", DEVELOPER, keys::create),
                new Operation(GET, "/api/keys/{id}", DEVELOPER, keys::show),
                new Operation(PATCH, "/api/keys/{id}", OWNER, keys::edit),
                new Operation(DELETE, "/api/keys/{id}", OWNER, keys::delete),
                new Operation(POST, "/api/keys/{id}/rotate", OWNER, keys::rotate),
                new Operation(GET, "/api/keys/{id}/advice", DEVELOPER, keys::advice),
                new Operation(GET, "/api/keys/{id}/federated", DEVELOPER, keys::federated),
                new Operation(GET, "/api/scopes", DEVELOPER, scopes::list),
                new Operation(POST, "/api/scopes", OWNER, scopes::add),
                new Operation(DELETE, "/api/scopes/{name}", OWNER, scopes::remove),
                new Operation(GET, "/api/users", ADMIN, users::list),
                new Operation(POST, "/api/users", OWNER, users::add),
                new Operation(PATCH, "/api/users/{name}", OWNER, users::change),
                new Operation(DELETE, "/api/users/{name}", OWNER, users::remove),
                new Operation(GET, "/api/signing-keys", OWNER, signingKeys::list),
                new Operation(POST, "/api/signing-keys/rotate", OWNER, signingKeys::rotate),
                new Operation(GET, "/api/issuers", OWNER, issuers::list),
                new Operation(POST, "/api/issuers", OWNER, issuers::add),
                new Operation(GET, "/api/issuers/{name}", OWNER, issuers::show),
                new Operation(DELETE, "/api/issuers/{name}", OWNER, issuers::remove),
                new Operation(GET, "/api/audit", ADMIN, new AuditEndpoint(services.audit(), services.clock())),
                new Operation(GET, "/api/service", DEVELOPER, service),
                new Published("/openapi.json", PUBLIC, new OpenApiEndpoint(services.issuer())));
    }
}
