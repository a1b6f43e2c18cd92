package dev.latchkey.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose tokens stand for a key's secret, in an order. Kept as JSON text, which only a request with such a token takes apart.
 * Immutable and thread-safe.
 *
 * @param json an array as {@link FederatedSubjectsJson} makes it, without white space
 */
public record FederatedSubjects(String json) {
    public static final FederatedSubjects NONE = new FederatedSubjects("[]");

    public boolean isEmpty() {
        return json.length() == 2;
    }

    /** The same as a tree of its own. */
    public JsonNode tree() {
        return JsonBinding.stored("{\"all\":" + json + "}").path("all");
    }

    public List<FederatedSubject> subjects() {
        if (isEmpty()) {
            return List.of();
        }
        List<FederatedSubject> subjects = new ArrayList<>();
        try {
            List<?> all = (List<?>) JsonReader.object("{\"all\":" + json + "}").getOrDefault("all", List.of());
            for (Object item : all) {
                Map<?, ?> object = (Map<?, ?>) item;
                Map<String, String> claims = new LinkedHashMap<>();
                if (object.get("claims") instanceof Map<?, ?> several) {
                    several.forEach((name, value) -> claims.put(String.valueOf(name), String.valueOf(value)));
                }
                subjects.add(new FederatedSubject(
                        String.valueOf(object.get("issuer")), String.valueOf(object.get("subject")), claims));
            }
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("subjects that are kept as JSON are none", e);
        }
        return List.copyOf(subjects);
    }
}
