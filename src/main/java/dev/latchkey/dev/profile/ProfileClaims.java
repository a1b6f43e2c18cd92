package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.token.AccessTokenClaims;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes the claims of a token as a provider names them. */
final class ProfileClaims {
    private ProfileClaims() {}

    /**
     * The claims as JSON. Those of the key's own, which are never registered ones, replace the template's of the same
     * name.
     *
     * @param template the profile's claims
     * @param issuer {@code iss}, instead of what the claims say
     * @param place the realm or tenant
     */
    static byte[] write(Profile profile, JsonTemplate template, String issuer, String place, AccessTokenClaims claims) {
        ObjectNode custom = claims.custom().tree();
        Map<String, Object> values = new HashMap<>();
        values.put("iss", issuer);
        values.put("place", place);
        values.put("sub", claims.subject());
        values.put("sub_uuid", uuid(claims.subject()));
        values.put("client_id", claims.clientId());
        values.put("audience", claims.audience());
        values.put("aud", stringIfOne(claims.audience()));
        values.put("iat", claims.issuedAt().getEpochSecond());
        values.put("exp", claims.expiresAt().getEpochSecond());
        values.put("jti", claims.tokenId());
        values.put("scope", claims.scope().toString());
        values.put("scopes", claims.scope().tokens());
        values.put("custom", custom);
        ObjectNode json = template.fill(values);
        if (!claims.subject().equals(claims.clientId())) {
            json.setAll(profile.personaClaims().fill(values));
        }
        json.setAll(custom);
        return JsonBinding.bytes(json);
    }

    private static Object stringIfOne(List<String> audience) {
        return audience.size() == 1 ? audience.get(0) : audience;
    }

    /** The same for the same text, as an object id is for a principal. */
    private static String uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
