package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.dev.profile.Profiles.Match;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.exchange.MediaType;
import dev.latchkey.http.oauth.IntrospectionEndpoint;
import dev.latchkey.http.oauth.TokenEndpoint;
import dev.latchkey.jose.JwtSigner;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.token.AccessTokenClaims;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenSigner;
import dev.latchkey.token.TokenTyp;
import dev.latchkey.token.issuing.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of a realm or tenant that takes a form: the contract's own, between a request and an answer in the provider's
 * form. Made for one request: nothing is kept of a name that a client chose.
 *
 * @param own issues the profile's tokens, or introspects
 * @param reader understands the claims of an active token
 */
record ProfileEndpoint(Match match, FormEndpoint own, Function<byte[], SignedClaims> reader, ProfileErrors errors) {
    private static final String JSON = "application/json";

    /** The one at this path, out of the service's parts. */
    static ProfileEndpoint at(Match match, ServiceParts parts, Function<byte[], SignedClaims> reader) {
        FormEndpoint own = match.kind() == EndpointKind.INTROSPECTION
                ? new IntrospectionEndpoint(parts.http().accessTokens())
                : new TokenEndpoint(issuer(match, parts), parts.http().tokenListener());
        ProfileErrors errors = new ProfileErrors(
                match, parts.store().accessKeys(), parts.http().clock());
        return new ProfileEndpoint(match, own, reader, errors);
    }

    private static TokenIssuer issuer(Match match, ServiceParts parts) {
        return new TokenIssuer(
                parts.authenticator(),
                parts.grants(),
                parts.uses(),
                signer(match, parts),
                parts.settings(),
                new ProfileRules(
                        parts.rules(),
                        match.profile().audienceRule(),
                        parts.settings().issuer()),
                parts.http().clock());
    }

    private static TokenSigner signer(Match match, ServiceParts parts) {
        Profile profile = match.profile();
        TokenTyp typ = profile.typ().orElse(parts.typ());
        String issuer = profile.issuerOf(parts.settings().issuer(), match.place());
        return profile.claims()
                .map(template -> {
                    Function<AccessTokenClaims, byte[]> writer = claims -> claims(match, template, issuer, claims);
                    return new JwtSigner(parts.http().keySource()::signer, typ, writer);
                })
                .orElseGet(() -> new JwtSigner(parts.http().keySource()::signer, typ));
    }

    /** The claims as a provider names them; those of the key's own replace others of the same name. */
    private static byte[] claims(Match match, JsonTemplate template, String issuer, AccessTokenClaims claims) {
        ObjectNode custom = claims.custom().tree();
        List<String> audience = claims.audience();
        byte[] subject = claims.subject().getBytes(StandardCharsets.UTF_8);
        Map<String, Object> values = new HashMap<>();
        values.put("iss", issuer);
        values.put("place", match.place());
        values.put("sub", claims.subject());
        values.put("sub_uuid", UUID.nameUUIDFromBytes(subject).toString());
        values.put("client_id", claims.clientId());
        values.put("audience", audience);
        values.put("aud", audience.size() == 1 ? audience.get(0) : audience);
        values.put("iat", claims.issuedAt().getEpochSecond());
        values.put("exp", claims.expiresAt().getEpochSecond());
        values.put("jti", claims.tokenId());
        values.put("scope", claims.scope().toString());
        values.put("scopes", claims.scope().tokens());
        values.put("custom", custom);
        ObjectNode json = template.fill(values);
        if (!claims.subject().equals(claims.clientId())) {
            json.setAll(match.profile().personaClaims().fill(values));
        }
        json.setAll(custom);
        return JsonBinding.bytes(json);
    }

    /**
     * The body as a form.
     *
     * @throws dev.latchkey.http.exchange.HttpRefusal 415 when it is of another type
     */
    byte[] form(@Nullable String contentType, byte[] body) {
        if (match.kind() == EndpointKind.INTROSPECTION || !match.profile().takesJson()) {
            MediaType.require(contentType, FormRequest.MEDIA_TYPE);
            return body;
        }
        MediaType.require(contentType, FormRequest.MEDIA_TYPE, JSON);
        return MediaType.is(JSON, contentType) ? ProfileForm.ofJson(body) : body;
    }

    Answer answer(FormRequest request) {
        return match.kind() == EndpointKind.INTROSPECTION
                ? introspected(own.answer(request))
                : issued(own.answer(adapted(request)));
    }

    private FormRequest adapted(FormRequest request) {
        return match.profile().audienceRule() == ProfileRules.AudienceRule.RESOURCE
                ? new FormRequest(request.logged(), request.authorization(), ProfileForm.withResource(request.form()))
                : request;
    }

    private Answer issued(Answer answer) {
        return match.profile()
                .answer()
                .map(template -> {
                    Map<String, Object> values = new HashMap<>();
                    object(answer).properties().forEach(member -> values.put(member.getKey(), member.getValue()));
                    return Answer.json(JsonBinding.bytes(template.fill(values)));
                })
                .orElse(answer);
    }

    /** The contract's answer, with what the provider adds to the claims. */
    private Answer introspected(Answer answer) {
        ObjectNode json = object(answer);
        if (!json.path("active").asBoolean()) {
            return answer;
        }
        SignedClaims claims = reader.apply(answer.body());
        JsonNode name = json.path("preferred_username");
        json.setAll(match.profile()
                .introspection()
                .fill(Map.of(
                        "preferred_username",
                        name.isTextual() ? name.textValue() : claims.clientId(),
                        "scope",
                        claims.scope().toString())));
        return Answer.json(JsonBinding.bytes(json));
    }

    private static ObjectNode object(Answer answer) {
        try {
            return JsonBinding.readObject(answer.body());
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("the service answers what is not JSON", e);
        }
    }
}
