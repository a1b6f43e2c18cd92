package dev.latchkey.accesskey.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.error.Text;
import dev.latchkey.json.JsonRows;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An import file: {@code {"scopes":[…], "issuers":[…], "keys":[…]}}, all optional and in any order. Read from its start for each
 * thing that is wanted of it, some rows in memory at a time. Not thread-safe.
 */
final class ImportDocument {
    static final String SCOPES = "scopes";
    static final String KEYS = "keys";
    static final String ISSUERS = "issuers";

    /** So many rows, or so many bytes of them, are worked on together; a tree takes up to 30 times its text. */
    private static final int ROWS_AT_ONCE = 100;

    private static final long BYTES_AT_ONCE = 131_072;

    private static final Set<String> SCOPE_FIELDS = Set.of("name", "description");
    private static final List<String> PASSED_OVER = List.of("created_at", "created_by");

    /** What a stand-in alone reads. */
    private static final String PERSONAS = "personas";

    private final ImportSource source;
    private final Set<String> passedOver;

    /** @param passedOver members that something else reads */
    ImportDocument(ImportSource source, Set<String> passedOver) {
        this.source = source;
        this.passedOver = Set.copyOf(passedOver);
    }

    /** How many keys a document has, and how many of them have no id. */
    record Counts(long keys, long keysWithoutId) {}

    /** A row and what errors call it. */
    record Row(int index, String where, ObjectNode fields) {}

    /** Reads all of it and counts the keys; notes what is none of the three, and rows that are no objects. */
    Counts check(ImportErrors errors) throws JsonSyntaxException {
        Counting counting = new Counting(errors, passedOver);
        read(counting);
        return new Counts(counting.keys, counting.keysWithoutId);
    }

    /** The rows of one of the three, some at a time; those that are no objects are left out. */
    void rows(String member, Consumer<List<Row>> rows) {
        try {
            Batches batches = new Batches(member, rows);
            read(batches);
            batches.pass();
        } catch (JsonSyntaxException e) {
            throw ServiceException.conflict("The file changed while it was read; import again.", e);
        }
    }

    private void read(JsonRows.Visitor visitor) throws JsonSyntaxException {
        try {
            JsonRows.read(source.open(), visitor);
        } catch (IOException e) {
            throw ServiceException.misconfigured("The file to import cannot be read.", e);
        }
    }

    /** A scope as its row says. */
    static Scope scope(ObjectNode row, ImportVariables variables, Instant now, String actor) {
        List<FieldError> wrong = new ArrayList<>();
        ObjectNode fields = row.objectNode().setAll(row);
        fields.remove(PASSED_OVER);
        variables.expand(fields, wrong);
        fields.fieldNames().forEachRemaining(field -> {
            if (!SCOPE_FIELDS.contains(field)) {
                wrong.add(new FieldError(field, "is not a field of a scope; there are name and description"));
            }
        });
        String name = ImportRow.text(fields, "name");
        String description = ImportRow.text(fields, "description");
        if (fields.hasNonNull("description") && !fields.path("description").isTextual()) {
            wrong.add(new FieldError("description", "must be a string"));
        }
        ScopeCatalogue.checkName(name, wrong);
        Text.check("description", description, 0, Scope.MAX_DESCRIPTION, true, wrong);
        ServiceException.throwIfAny(wrong);
        return new Scope(name, description, now, actor);
    }

    private static final class Counting implements JsonRows.Visitor {
        private final ImportErrors errors;
        private final Set<String> passedOver;
        private long keys;
        private long keysWithoutId;

        Counting(ImportErrors errors, Set<String> passedOver) {
            this.errors = errors;
            this.passedOver = passedOver;
        }

        @Override
        public boolean wants(String member) {
            if (passedOver.contains(member)) {
                return false;
            }
            checkName(member);
            return true;
        }

        @Override
        public void notAnArray(String member) {
            if (!passedOver.contains(member) && checkName(member)) {
                errors.add(member, "must be an array");
            }
        }

        private boolean checkName(String member) {
            boolean known = List.of(SCOPES, KEYS, ISSUERS).contains(member);
            if (member.equals(PERSONAS)) {
                errors.add(member, "is for serve --dev alone; start it so, or leave it out");
            } else if (!known) {
                errors.add(member, "is not known here; there are \"scopes\", \"issuers\" and \"keys\"");
            }
            return known;
        }

        @Override
        public void row(String member, int index, JsonNode value, long bytes) {
            if (!value.isObject()) {
                errors.add(member + "[" + index + "]", "must be an object");
            } else if (member.equals(KEYS)) {
                keys++;
                keysWithoutId += value.hasNonNull("id") ? 0 : 1;
            }
        }
    }

    private static final class Batches implements JsonRows.Visitor {
        private final String member;
        private final Consumer<List<Row>> rows;
        private List<Row> batch = new ArrayList<>();
        private long batchBytes;

        Batches(String member, Consumer<List<Row>> rows) {
            this.member = member;
            this.rows = rows;
        }

        @Override
        public boolean wants(String name) {
            return name.equals(member);
        }

        @Override
        public void notAnArray(String name) {
            // Told by the check.
        }

        @Override
        public void row(String name, int index, JsonNode value, long bytes) {
            if (value instanceof ObjectNode fields) {
                batch.add(new Row(index, name + "[" + index + "]", fields));
                batchBytes += bytes;
            }
            if (batch.size() >= ROWS_AT_ONCE || batchBytes >= BYTES_AT_ONCE) {
                pass();
            }
        }

        void pass() {
            if (!batch.isEmpty()) {
                rows.accept(batch);
            }
            batch = new ArrayList<>();
            batchBytes = 0;
        }
    }
}
