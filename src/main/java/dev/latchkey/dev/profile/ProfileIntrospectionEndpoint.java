package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.oauth.IntrospectionEndpoint;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.token.SignedClaims;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The introspection endpoint of a realm: the contract's, with what the provider adds to the claims. Thread-safe. */
final class ProfileIntrospectionEndpoint implements ProfileEndpoint {
    private final Profile profile;
    private final String place;
    private final IntrospectionEndpoint endpoint;
    private final Function<byte[], SignedClaims> reader;
    private final ProfileErrors errors;

    /** @param reader understands the claims of an active token */
    ProfileIntrospectionEndpoint(
            Profile profile,
            String place,
            IntrospectionEndpoint endpoint,
            Function<byte[], SignedClaims> reader,
            ProfileErrors errors) {
        this.profile = profile;
        this.place = place;
        this.endpoint = endpoint;
        this.reader = reader;
        this.errors = errors;
    }

    @Override
    public boolean writes(FormBody form) {
        return endpoint.writes(form);
    }

    @Override
    public Answer answer(FormRequest request) {
        Answer answer = endpoint.answer(request);
        ObjectNode json = ProfileTokenEndpoint.object(answer);
        if (!json.path("active").asBoolean()) {
            return answer;
        }
        SignedClaims claims = reader.apply(answer.body());
        JsonNode name = json.path("preferred_username");
        Map<String, Object> values = new HashMap<>();
        values.put("preferred_username", name.isTextual() ? name.textValue() : claims.clientId());
        values.put("scope", claims.scope().toString());
        json.setAll(profile.introspection().fill(values));
        return Answer.json(JsonBinding.bytes(json));
    }

    @Override
    public Answer refused(RuntimeException failure, @Nullable FormRequest request, Answer usual) {
        return errors.answer(failure, place, request, usual);
    }
}
