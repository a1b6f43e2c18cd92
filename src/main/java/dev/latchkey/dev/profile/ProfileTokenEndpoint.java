package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.exchange.MediaType;
import dev.latchkey.http.oauth.TokenEndpoint;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint of a realm or tenant: the contract's, between a request and an answer in the provider's form.
 * Thread-safe.
 */
final class ProfileTokenEndpoint implements ProfileEndpoint {
    private static final String JSON = "application/json";

    private final Profile profile;
    private final String place;
    private final TokenEndpoint endpoint;
    private final ProfileErrors errors;

    /** @param endpoint issues the profile's tokens */
    ProfileTokenEndpoint(Profile profile, String place, TokenEndpoint endpoint, ProfileErrors errors) {
        this.profile = profile;
        this.place = place;
        this.endpoint = endpoint;
        this.errors = errors;
    }

    @Override
    public byte[] form(@Nullable String contentType, byte[] body) {
        if (!profile.takesJson()) {
            return ProfileEndpoint.super.form(contentType, body);
        }
        MediaType.require(contentType, FormRequest.MEDIA_TYPE, JSON);
        return MediaType.is(JSON, contentType) ? ProfileForm.ofJson(body) : body;
    }

    @Override
    public String repeatable() {
        return endpoint.repeatable();
    }

    @Override
    public boolean writes(FormBody form) {
        return endpoint.writes(form);
    }

    @Override
    public Answer answer(FormRequest request) {
        boolean resource = profile.audienceRule() == ProfileRules.AudienceRule.RESOURCE;
        FormBody form = resource ? ProfileForm.withResource(request.form()) : request.form();
        Answer issued = endpoint.answer(new FormRequest(request.logged(), request.authorization(), form));
        return profile.answer()
                .map(template -> Answer.json(JsonBinding.bytes(template.fill(values(issued)))))
                .orElse(issued);
    }

    @Override
    public Answer refused(RuntimeException failure, @Nullable FormRequest request, Answer usual) {
        return errors.answer(failure, place, request, usual);
    }

    @Override
    public void answered(@Nullable String error, long beganNanos) {
        endpoint.answered(error, beganNanos);
    }

    private static Map<String, Object> values(Answer issued) {
        Map<String, Object> values = new HashMap<>();
        object(issued).properties().forEach(member -> values.put(member.getKey(), member.getValue()));
        return values;
    }

    /** An answer of the service, which is JSON. */
    static ObjectNode object(Answer answer) {
        try {
            return JsonBinding.readObject(answer.body());
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("the service answers what is not JSON", e);
        }
    }
}
