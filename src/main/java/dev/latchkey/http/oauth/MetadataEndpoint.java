package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.signingkey.PublicJwk;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What clients can find out by themselves: authorization server metadata (RFC 8414 §2), and the same with what OpenID
 * Connect Discovery §3 requires beside it. Every URL begins with the issuer or what {@link #at} was told, never with what
 * the request says.
 */
public final class MetadataEndpoint implements DocumentEndpoint {
    static final Header FIVE_MINUTES = new Header("Cache-Control", "public, max-age=300");

    private static final List<String> AUTH_METHODS =
            List.of("client_secret_basic", "client_secret_post", "private_key_jwt");
    /**
     * The member is required (RFC 8414 §2) and may not be empty (§3.2): {@code none} is the registered value for a
     * response that holds nothing (OAuth 2.0 Multiple Response Type Encoding Practices §4). There is no authorization
     * endpoint to send it to.
     */
    private static final List<String> NO_RESPONSE_TYPE = List.of("none");

    private static final List<String> ASSERTION_ALGORITHMS = List.of("RS256", "PS256", "ES256");

    private final String issuer;
    private final String base;
    private final List<String> grantTypes;
    private final Supplier<List<String>> scopes;
    private final Supplier<List<PublicJwk>> published;
    private final boolean openId;
    private volatile Made made;

    /** The document as it is sent; made anew only when what it says changes. */
    private final class Made {
        final List<String> scopes;
        final List<String> algorithms;
        final Document document;

        Made(List<String> scopes, List<String> algorithms) {
            this.scopes = scopes;
            this.algorithms = algorithms;
            this.document = Document.of(200, "application/json", json(scopes, algorithms), FIVE_MINUTES);
        }
    }

    private MetadataEndpoint(
            String issuer,
            String base,
            List<String> grantTypes,
            Supplier<List<String>> scopes,
            Supplier<List<PublicJwk>> published,
            boolean openId) {
        this.issuer = issuer;
        this.base = base;
        this.grantTypes = List.copyOf(grantTypes);
        this.scopes = scopes;
        this.published = published;
        this.openId = openId;
        this.made = new Made(List.of(), List.of());
    }

    /** {@code /.well-known/oauth-authorization-server}. */
    public static MetadataEndpoint authorizationServer(
            String issuer, List<String> grantTypes, Supplier<List<String>> scopes) {
        return new MetadataEndpoint(issuer, issuer, grantTypes, scopes, List::of, false);
    }

    /** {@code /.well-known/openid-configuration}. */
    public static MetadataEndpoint openIdConfiguration(
            String issuer,
            List<String> grantTypes,
            Supplier<List<String>> scopes,
            Supplier<List<PublicJwk>> published) {
        return new MetadataEndpoint(issuer, issuer, grantTypes, scopes, published, true);
    }

    /** The same, with endpoints whose URLs begin otherwise: where a service has several names. */
    public MetadataEndpoint at(String otherBase) {
        return new MetadataEndpoint(issuer, otherBase, grantTypes, scopes, published, openId);
    }

    @Override
    public CompletableFuture<Document> document(String path) {
        List<String> names = scopes.get();
        List<String> algorithms = algorithms();
        Made current = made;
        if (!current.scopes.equals(names) || !current.algorithms.equals(algorithms)) {
            current = new Made(names, algorithms);
            made = current;
        }
        return CompletableFuture.completedFuture(current.document);
    }

    /** Those that tokens are signed by, now and after the next rotation. */
    private List<String> algorithms() {
        return published.get().stream()
                .map(key -> key.algorithm().publicName())
                .distinct()
                .toList();
    }

    private byte[] json(List<String> scopesNow, List<String> algorithms) {
        ObjectBytes json = new ObjectBytes(2048)
                .field("issuer", issuer)
                .field("token_endpoint", base + "/connect/token")
                .field("jwks_uri", base + "/.well-known/jwks.json")
                .field("response_types_supported", NO_RESPONSE_TYPE)
                .field("grant_types_supported", grantTypes)
                .field("token_endpoint_auth_methods_supported", AUTH_METHODS)
                .field("token_endpoint_auth_signing_alg_values_supported", ASSERTION_ALGORITHMS)
                .field("introspection_endpoint", base + "/connect/introspect")
                .field("introspection_endpoint_auth_methods_supported", AUTH_METHODS)
                .field("introspection_endpoint_auth_signing_alg_values_supported", ASSERTION_ALGORITHMS)
                .field("revocation_endpoint", base + "/connect/revocation")
                .field("revocation_endpoint_auth_methods_supported", AUTH_METHODS)
                .field("revocation_endpoint_auth_signing_alg_values_supported", ASSERTION_ALGORITHMS);
        if (!scopesNow.isEmpty()) {
            json.field("scopes_supported", scopesNow);
        }
        if (openId) {
            json.field("subject_types_supported", List.of("public"))
                    .field("id_token_signing_alg_values_supported", algorithms);
        }
        return json.end();
    }
}
