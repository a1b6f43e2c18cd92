package dev.latchkey.accesskey;

import dev.latchkey.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON Merge Patch (RFC 7396 §2). */
final class MergePatch {
    private MergePatch() {}

    /** A new object: {@code target} with the members of {@code patch}, of which null ones remove. */
    static Map<String, Object> apply(Map<String, Object> target, Map<String, Object> patch) {
        Map<String, Object> result = new LinkedHashMap<>(target);
        patch.forEach((name, value) -> {
            if (value == null) {
                result.remove(name);
            } else if (value instanceof Map<?, ?> nested) {
                Object there = result.get(name);
                Map<String, Object> base = there instanceof Map<?, ?> object ? Json.asObject(object) : Map.of();
                result.put(name, apply(base, Json.asObject(nested)));
            } else {
                result.put(name, value);
            }
        });
        return result;
    }
}
