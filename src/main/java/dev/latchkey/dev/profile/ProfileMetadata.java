package dev.latchkey.dev.profile;

import dev.latchkey.http.HttpServices;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.json.JsonBinding;
import java.util.HashMap;
import java.util.Map;

/** Writes the discovery document of a realm or tenant (OpenID Connect Discovery §3). */
final class ProfileMetadata {
    private static final Header FIVE_MINUTES = new Header("Cache-Control", "public, max-age=300");

    private ProfileMetadata() {}

    /**
     * The document. Its {@code issuer} is what tokens say.
     *
     * @param base what every other URL begins with
     */
    static Document document(Profile profile, JsonTemplate template, String place, String base, HttpServices services) {
        Map<String, Object> values = new HashMap<>();
        values.put("iss", profile.issuerOf(services.issuer(), place));
        profile.paths().forEach((kind, path) -> values.put(kind.publicName(), base + path.with(place)));
        values.put("revocation", base + "/connect/revocation");
        values.put("grant_types", services.tokens().grantTypes());
        values.put("scopes_supported", services.scopeNames().get());
        values.put(
                "algorithms",
                services.signingKeys().published().stream()
                        .map(key -> key.algorithm().publicName())
                        .distinct()
                        .toList());
        return Document.of(200, "application/json", JsonBinding.bytes(template.fill(values)), FIVE_MINUTES);
    }
}
