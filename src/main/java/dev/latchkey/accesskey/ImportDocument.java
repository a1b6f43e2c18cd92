package dev.latchkey.accesskey;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An import file: {@code {"scopes":[…], "keys":[…]}}, both optional. Not thread-safe. */
final class ImportDocument {
    private static final String SCOPES = "scopes";
    private static final String KEYS = "keys";

    /** The last two are what exports say, and are passed over. */
    private static final Set<String> SCOPE_FIELDS = Set.of("name", "description", "created_at", "created_by");

    private final Map<String, Object> document;
    private final ImportErrors errors;

    ImportDocument(Map<String, Object> document, ImportErrors errors) {
        this.document = document;
        this.errors = errors;
        for (String name : document.keySet()) {
            if (!name.equals(SCOPES) && !name.equals(KEYS)) {
                errors.add(name, "is not known here; there are \"scopes\" and \"keys\"");
            }
        }
    }

    /** A row and what errors call it. */
    record Row(int index, String where, Map<String, Object> fields) {}

    /** The rows of the keys; those that are no objects are noted and left out. */
    List<Row> keys() {
        return rows(KEYS);
    }

    /** The scopes, those of one name once; what is wrong with the others is noted. */
    List<Scope> scopes(Instant now, String actor) {
        Map<String, Scope> scopes = new LinkedHashMap<>();
        for (Row row : rows(SCOPES)) {
            errors.within(row.where(), () -> {
                Scope scope = scope(row.fields(), now, actor);
                if (scopes.putIfAbsent(scope.name(), scope) != null) {
                    throw LatchkeyException.invalid("name", "stands in this file twice");
                }
            });
        }
        return List.copyOf(scopes.values());
    }

    private static Scope scope(Map<String, Object> fields, Instant now, String actor) {
        List<FieldError> wrong = new ArrayList<>();
        for (String field : fields.keySet()) {
            if (!SCOPE_FIELDS.contains(field)) {
                wrong.add(new FieldError(field, "is not a field of a scope; there are name and description"));
            }
        }
        String name = fields.get("name") instanceof String text ? text : "";
        Object described = fields.get("description");
        String description = described instanceof String text ? text : "";
        if (described != null && !(described instanceof String)) {
            wrong.add(new FieldError("description", "must be a string"));
        }
        ScopeCatalogue.checkName(name, wrong);
        Text.check("description", description, 0, Scope.MAX_DESCRIPTION, true, wrong);
        if (!wrong.isEmpty()) {
            throw LatchkeyException.invalid(wrong);
        }
        return new Scope(name, description, now, actor);
    }

    private List<Row> rows(String name) {
        Object value = document.getOrDefault(name, List.of());
        List<Row> rows = new ArrayList<>();
        if (!(value instanceof List<?> items)) {
            errors.add(name, "must be an array");
            return rows;
        }
        for (int i = 0; i < items.size(); i++) {
            String where = name + "[" + i + "]";
            if (items.get(i) instanceof Map<?, ?> fields) {
                rows.add(new Row(i, where, Json.asObject(fields)));
            } else {
                errors.add(where, "must be an object");
            }
        }
        return rows;
    }
}
