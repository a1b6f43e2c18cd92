package dev.latchkey.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.issuer.JwksSource;
import dev.latchkey.issuer.JwksUrls;
import dev.latchkey.issuer.PublicKeySet;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches JWK Sets from where an operator said they are, or where the issuer's metadata says (OpenID Connect Discovery §4),
 * which must then be on the issuer's own host. Each fetch has a thread and connections of its own, which end with it: they
 * are rare. Thread-safe.
 */
public final class JwksClient implements JwksSource {
    private static final String METADATA = "/.well-known/openid-configuration";

    @Override
    public CompletableFuture<Fetched> fetch(TrustedIssuer issuer) {
        CompletableFuture<Fetched> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(fetched(issuer));
                    } catch (IOException | RuntimeException | Error e) {
                        // Whatever it is: requests wait for an end.
                        result.completeExceptionally(e);
                    }
                },
                "latchkey-jwks");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // There is no room for another thread, which a container's limit may say.
            result.completeExceptionally(e);
        }
        return result;
    }

    private static Fetched fetched(TrustedIssuer issuer) throws IOException {
        try (OutboundRequests requests = OutboundRequests.trusting(issuer.ca())) {
            String given = issuer.jwksUri();
            URI place = given == null ? discovered(issuer, requests) : allowed(given);
            OutboundRequests.Answer answer = requests.get(place);
            ObjectNode set = object(answer, place);
            String usable = PublicKeySet.usable(set);
            if (usable.equals("{\"keys\":[]}")) {
                throw new IOException(place + " has no key that RS256 or ES256 can be verified with");
            }
            return new Fetched(usable, answer.keep());
        }
    }

    private static URI discovered(TrustedIssuer issuer, OutboundRequests requests) throws IOException {
        String base = issuer.issuer();
        URI place = allowed((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + METADATA);
        ObjectNode metadata = object(requests.get(place), place);
        if (!issuer.issuer().equals(metadata.path("issuer").textValue())) {
            throw new IOException(place + " is of another issuer than " + issuer.issuer());
        }
        URI jwksUri = allowed(metadata.path("jwks_uri").asText());
        if (!jwksUri.getHost().equalsIgnoreCase(place.getHost())) {
            throw new IOException(
                    "the jwks_uri of " + place + " is on another host; give it by --jwks-uri if it is right");
        }
        return jwksUri;
    }

    private static URI allowed(String text) throws IOException {
        URI url = JwksUrls.absolute(text).orElseThrow(() -> new IOException("the jwks_uri is not an https URL"));
        Optional<String> problem = JwksUrls.problem(url);
        if (problem.isPresent()) {
            throw new IOException(url + " " + problem.get());
        }
        return url;
    }

    private static ObjectNode object(OutboundRequests.Answer answer, URI place) throws IOException {
        try {
            if (JsonBinding.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonLimits.OBJECT)
                    instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonSyntaxException e) {
            throw new IOException(place + " " + e.getMessage(), e);
        }
        throw new IOException(place + " is not a JSON object");
    }
}
