package dev.latchkey.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Reads answers. */
public final class Answers {
    private Answers() {}

    public static Map<String, Object> json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    public static Map<String, Object> json(String text) {
        try {
            return JsonReader.object(text);
        } catch (JsonSyntaxException e) {
            throw new AssertionError("not a JSON object: " + text, e);
        }
    }

    /** The names of the fields at fault, of an answer that refuses input. */
    public static List<String> fieldsAtFault(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        List<?> errors = (List<?>) json(answer).get("errors");
        return errors.stream()
                .map(error -> (String) ((Map<?, ?>) error).get("field"))
                .toList();
    }

    /** The objects of a page. */
    public static List<Map<String, Object>> data(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<?> data = (List<?>) json(answer).get("data");
        return data.stream().map(item -> asObject(item)).toList();
    }

    /** An object in a document that was read. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> asObject(Object value) {
        return (Map<String, Object>) value;
    }

    /** The access token of a good answer. */
    public static String accessToken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return (String) json(answer).get("access_token");
    }

    /** The claims of a token, unverified. */
    public static Map<String, Object> claims(String token) {
        return part(token, 1);
    }

    /** The header of a token. */
    public static Map<String, Object> header(String token) {
        return part(token, 0);
    }

    private static Map<String, Object> part(String token, int index) {
        byte[] bytes = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
        return json(new String(bytes, StandardCharsets.UTF_8));
    }
}
