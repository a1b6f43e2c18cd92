package dev.latchkey.dev;

import dev.latchkey.dev.profile.BaseUrl;
import dev.latchkey.http.HttpServices;
import dev.latchkey.http.oauth.MetadataEndpoint;
import dev.latchkey.http.server.DocumentHandler;
import dev.latchkey.http.server.FrontHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers the service's metadata with endpoints at the host that the request names, so that a client in another container
 * reaches those that it discovers. The {@code issuer} in it stays what tokens say.
 */
final class MetadataHandler extends FrontHandler {
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private final Map<String, MetadataEndpoint> endpoints = new HashMap<>();
    private final AdvertisedUrls urls;

    MetadataHandler(HttpServices services, AdvertisedUrls urls) {
        this.urls = urls;
        String issuer = services.issuer();
        List<String> grants = services.tokens().grantTypes();
        MetadataEndpoint oauth = MetadataEndpoint.authorizationServer(issuer, grants, services.scopeNames());
        MetadataEndpoint openId = MetadataEndpoint.openIdConfiguration(
                issuer,
                grants,
                services.scopeNames(),
                () -> services.signingKeys().published());
        String issuerPath = BaseUrl.path(issuer);
        put(OAUTH, issuerPath, oauth);
        put(OPENID, issuerPath, openId);
    }

    /** At the root, and where RFC 8414 §3 and OpenID Connect Discovery §4 have it for an issuer with a path. */
    private void put(String wellKnown, String issuerPath, MetadataEndpoint endpoint) {
        endpoints.put(wellKnown, endpoint);
        endpoints.put(wellKnown + issuerPath, endpoint);
        endpoints.put(issuerPath + wellKnown, endpoint);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        MetadataEndpoint endpoint = endpoints.get(Request.getPathInContext(request));
        if (endpoint == null || request.getHttpURI().isAmbiguous()) {
            return super.handle(request, response, callback);
        }
        DocumentHandler.Target target = new DocumentHandler.Target(endpoint.at(urls.base(request)), true);
        return DocumentHandler.answer(target, request.getComponents().getExecutor(), request, response, callback)
                || super.handle(request, response, callback);
    }
}
