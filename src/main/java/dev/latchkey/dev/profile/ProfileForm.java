package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what a provider's clients send into the form that the contract has. */
final class ProfileForm {
    private static final String DEFAULT_SCOPE = ".default";

    private ProfileForm() {}

    /**
     * A JSON object of texts as a form in bytes.
     *
     * @throws HttpRefusal 400 when it is anything else
     */
    static byte[] ofJson(byte[] json) {
        Map<String, String> parameters = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonNode> member :
                    JsonBinding.readObject(json).properties()) {
                if (!member.getValue().isTextual()) {
                    throw new HttpRefusal(400, "Every member of the JSON body must be a string.");
                }
                parameters.put(member.getKey(), member.getValue().textValue());
            }
        } catch (JsonSyntaxException e) {
            throw new HttpRefusal(400, "The JSON body " + e.getMessage() + ".");
        }
        return encoded(parameters);
    }

    /**
     * Entra's form with the resource of {@code RESOURCE/.default} as {@code audience} and no scope: all that the key has.
     *
     * @throws TokenRefusedException with {@code invalid_scope} when scope is anything else, or missing
     */
    static FormBody withResource(FormBody form) {
        String scope = form.get("scope");
        if (scope == null) {
            throw TokenRefusedException.of(OAuthError.INVALID_SCOPE, "scope is missing; send RESOURCE/.default.");
        }
        boolean bare = scope.equals(DEFAULT_SCOPE) || scope.equals('/' + DEFAULT_SCOPE);
        if (scope.indexOf(' ') >= 0 || !(bare || scope.endsWith('/' + DEFAULT_SCOPE))) {
            throw TokenRefusedException.of(OAuthError.INVALID_SCOPE, "scope must be one RESOURCE/.default.");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : form.names()) {
            String value = form.get(name);
            if (value != null && !List.of("scope", "audience", "resource").contains(name)) {
                parameters.put(name, value);
            }
        }
        if (!bare) {
            parameters.put("audience", scope.substring(0, scope.length() - DEFAULT_SCOPE.length() - 1));
        }
        return FormBody.parse(encoded(parameters), "");
    }

    private static byte[] encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
