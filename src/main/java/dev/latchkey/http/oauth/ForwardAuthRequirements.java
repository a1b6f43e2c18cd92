package dev.latchkey.http.oauth;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.scope.ScopeSet;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a protected resource demands of a token, as the query of its question says. An empty or malformed demand is
 * refused: it must not become none. Other parameters are passed over, whatever they look like, for some proxies append
 * the query of the request they ask about.
 *
 * @param scope every scope the token must have; empty = none
 * @param audience whom the token must be for; null = any audience
 * @param metadata where the metadata of that audience is, where it was demanded as a resource (RFC 9728); null = it was not
 */
record ForwardAuthRequirements(
        ScopeSet scope, @Nullable String audience, @Nullable String metadata) {
    static final ForwardAuthRequirements NONE = new ForwardAuthRequirements(ScopeSet.NONE, null, null);

    /**
     * Reads a query.
     *
     * @param query the raw query; null = there is none
     * @throws HttpRefusal 400 when a demand is malformed or stands there twice
     */
    static ForwardAuthRequirements parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        String scope = value(query, "scope");
        String audience = value(query, "audience");
        if (audience != null && !AccessKeySettings.isAudience(audience)) {
            throw malformed("audience");
        }
        ScopeSet scopes = scope == null ? ScopeSet.NONE : ScopeSet.parse(scope).orElseThrow(() -> malformed("scope"));
        String resource = value(query, "resource");
        if (resource == null) {
            return new ForwardAuthRequirements(scopes, audience, null);
        }
        if (audience != null) {
            throw new HttpRefusal(400, "Demand either a resource or an audience, not both.");
        }
        String metadata = ProtectedResourceEndpoint.placeOf(resource)
                .filter(place -> AccessKeySettings.isAudience(resource))
                .orElseThrow(() -> new HttpRefusal(
                        400, "The demanded resource must be an http or https URL; audience=… demands any other name."));
        return new ForwardAuthRequirements(scopes, resource, metadata);
    }

    /** The one value of a parameter; null when it is not there. */
    private static @Nullable String value(String query, String name) {
        String found = null;
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key).filter(name::equals).isPresent()) {
                if (found != null) {
                    throw malformed(name);
                }
                found = decode(equals < 0 ? "" : pair.substring(equals + 1)).orElseThrow(() -> malformed(name));
            }
        }
        return found;
    }

    private static Optional<String> decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return FormBody.decode(bytes, 0, bytes.length);
    }

    private static HttpRefusal malformed(String name) {
        return new HttpRefusal(400, "The demanded " + name + " is empty, malformed or repeated.");
    }
}
