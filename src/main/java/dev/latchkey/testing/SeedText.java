package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.testing.ServerSettings.TestKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The seed of a server: the one that was given, and what the builder has beside it. */
final class SeedText {
    private SeedText() {}

    /** The JSON; null where there is nothing to start with. */
    static @Nullable String of(
            @Nullable String given, Map<String, TestKey> keys, Map<String, Map<String, ?>> personas) {
        if (keys.isEmpty() && personas.isEmpty()) {
            return given;
        }
        ObjectNode seed = read(given == null ? "{}" : given);
        ArrayNode scopeRows = rows(seed, "scopes");
        ArrayNode keyRows = rows(seed, "keys");
        ArrayNode personaRows = rows(seed, "personas");
        keys.values().stream()
                .flatMap(key -> key.scopes().stream())
                .distinct()
                .filter(scope -> !names(scopeRows, scope))
                .forEach(scope -> scopeRows.addObject().put("name", scope));
        keys.forEach((name, key) -> {
            ObjectNode row =
                    keyRows.addObject().put("id", name).put("name", name).put("secret", key.secret());
            ArrayNode scopes = row.putArray("scopes");
            key.scopes().forEach(scopes::add);
        });
        personas.forEach(
                (sub, claims) -> personaRows.addObject().put("sub", sub).set("claims", JsonBinding.tree(claims)));
        return JsonBinding.text(seed);
    }

    private static ObjectNode read(String json) {
        try {
            return JsonBinding.readObject(json);
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException("the seed " + e.getMessage(), e);
        }
    }

    private static ArrayNode rows(ObjectNode seed, String member) {
        JsonNode rows = seed.path(member);
        if (rows instanceof ArrayNode array) {
            return array;
        }
        if (!rows.isMissingNode()) {
            throw new IllegalArgumentException("the seed's " + member + " must be an array");
        }
        return seed.putArray(member);
    }

    private static boolean names(ArrayNode rows, String name) {
        for (JsonNode row : rows) {
            if (row.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
