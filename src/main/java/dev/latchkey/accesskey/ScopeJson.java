package dev.latchkey.accesskey;

import dev.latchkey.json.JsonWriter;

/** A scope of the catalogue as JSON: the field names and their order that the API and {@code --json} share. */
public final class ScopeJson {
    private ScopeJson() {}

    /** Writes all fields into the open object. */
    public static void write(JsonWriter out, Scope scope) {
        out.field("name", scope.name())
                .field("description", scope.description())
                .field("created_at", scope.createdAt())
                .field("created_by", scope.createdBy());
    }
}
