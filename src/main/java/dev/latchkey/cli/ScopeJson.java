package dev.latchkey.cli;

import dev.latchkey.accesskey.Scope;
import dev.latchkey.json.JsonWriter;

/** A scope of the catalogue as JSON. */
final class ScopeJson {
    private ScopeJson() {}

    static void write(JsonWriter out, Scope scope) {
        out.field("name", scope.name())
                .field("description", scope.description())
                .field("created_at", scope.createdAt())
                .field("created_by", scope.createdBy());
    }
}
