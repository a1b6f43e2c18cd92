package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.dev.profile.ProfileRules.AudienceRule;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.token.TokenTyp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One provider that the stand-in imitates, as its file of resources says it. Immutable and thread-safe.
 *
 * @param issuer what follows the service's own issuer in {@code iss}, with a variable for the realm or tenant
 * @param typ the {@code typ} of its tokens; empty = the service's own
 * @param paths where it has what, below the path of the service's issuer
 * @param takesJson whether a token may be asked for in JSON, too
 * @param claims the claims of a token; empty = the service's own
 * @param personaClaims those that differ in a token about a persona
 * @param audienceRule how the audience is found
 * @param scopeClaim the claim that holds the granted scopes
 * @param answer the answer to a token request; empty = the service's own
 * @param introspection what an introspection says beside the claims
 * @param error the body of an error
 * @param errors status, {@code error}, code and description of the cases of {@link ErrorCase} that are not as in the
 *     contract; the name of a case may have that of an {@link EndpointKind} before it, to which it then applies alone
 * @param metadata the discovery document; empty = the service's own
 * @param imitated what is worth knowing of how it is imitated
 */
record Profile(
        String name,
        String provider,
        PathTemplate issuer,
        Optional<TokenTyp> typ,
        Map<EndpointKind, PathTemplate> paths,
        boolean takesJson,
        Optional<JsonTemplate> claims,
        JsonTemplate personaClaims,
        AudienceRule audienceRule,
        String scopeClaim,
        Optional<JsonTemplate> answer,
        JsonTemplate introspection,
        JsonTemplate error,
        Map<String, JsonNode> errors,
        Optional<JsonTemplate> metadata,
        List<String> imitated,
        List<String> notImitated) {
    private static final JsonTemplate EMPTY = new JsonTemplate(JsonBinding.object());

    /**
     * The profile of this name.
     *
     * @throws IllegalStateException when there is none, or its file is not as it must be
     */
    static Profile load(String name) {
        try (InputStream in = Profile.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("there is no profile " + name);
            }
            return of(name, JsonBinding.readObject(in.readAllBytes()));
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("the file of the profile " + name + " is not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read", e);
        }
    }

    private static Profile of(String name, ObjectNode file) {
        Map<EndpointKind, PathTemplate> paths = new EnumMap<>(EndpointKind.class);
        for (EndpointKind kind : EndpointKind.values()) {
            JsonNode path = file.path("paths").path(kind.publicName());
            if (path.isTextual()) {
                paths.put(kind, new PathTemplate(path.textValue()));
            }
        }
        Map<String, JsonNode> errors = new LinkedHashMap<>();
        file.path("errors").properties().forEach(error -> errors.put(error.getKey(), error.getValue()));
        return new Profile(
                name,
                file.path("provider").textValue(),
                new PathTemplate(file.path("issuer").textValue()),
                TokenTyp.of(file.path("typ").asText()),
                paths,
                file.path("takes_json").asBoolean(),
                template(file, "claims"),
                template(file, "persona_claims").orElse(EMPTY),
                AudienceRule.valueOf(
                        file.path("audience_rule").asText("contract").toUpperCase(Locale.ROOT)),
                file.path("scope_claim").asText("scope"),
                template(file, "answer"),
                template(file, "introspection").orElse(EMPTY),
                template(file, "error").orElse(EMPTY),
                errors,
                template(file, "metadata"),
                texts(file, "imitated"),
                texts(file, "not_imitated"));
    }

    /** The issuer of a realm or tenant. */
    String issuerOf(String base, String place) {
        return base + issuer.with(place);
    }

    /** Whether this profile has tokens of that issuer, which some realm or tenant is. */
    boolean issues(String base, String iss) {
        return iss.startsWith(base)
                && issuer.match(iss.substring(base.length())).isPresent();
    }

    private static Optional<JsonTemplate> template(ObjectNode file, String member) {
        return file.get(member) instanceof ObjectNode object ? Optional.of(new JsonTemplate(object)) : Optional.empty();
    }

    private static List<String> texts(ObjectNode file, String member) {
        return file.path(member).valueStream().map(JsonNode::textValue).toList();
    }
}
