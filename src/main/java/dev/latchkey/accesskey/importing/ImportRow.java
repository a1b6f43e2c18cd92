package dev.latchkey.accesskey.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.error.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of an import file, read but not yet held against the store.
 *
 * @param index its place in the file, from 0
 * @param id the id it shall have; null = its name tells which key it is
 * @param secrets which secrets it shall have; null = those that it has, or one that is made
 * @param fields the settings that the row names
 */
record ImportRow(int index, @Nullable String id, @Nullable DeclaredSecrets secrets, ObjectNode fields) {
    /** What Latchkey itself sets: what lists and older exports say can be imported as it is, these fields are passed over. */
    static final List<String> PASSED_OVER =
            List.of("created_at", "created_by", "updated_at", "last_used_at", "secrets");

    private static final String SECRET = "secret";
    private static final int SHORTEST_SECRET = 32;
    private static final int LONGEST_SECRET = 512;

    /** Reads a row; fails with INVALID that names the fields at fault. */
    static ImportRow read(int index, ObjectNode row, AccessKeyImport.Rules rules) {
        ObjectNode fields = row.objectNode().setAll(row);
        List<FieldError> errors = new ArrayList<>();
        fields.remove(PASSED_OVER);
        rules.variables().expandAll(fields);
        JsonNode id = taken(fields, "id");
        JsonNode secret = taken(fields, SECRET);
        JsonNode hashes = taken(fields, DeclaredSecrets.FIELD);
        if (id != null && !AccessKeyIds.isValid(textOf(id))) {
            errors.add(new FieldError("id", "must be 3 to 64 of A-Z a-z 0-9 . _ -"));
        }
        if (secret != null && hashes != null) {
            errors.add(new FieldError(DeclaredSecrets.FIELD, "stands for secret; give one of them"));
        }
        @Nullable DeclaredSecrets secrets = null;
        if (secret != null) {
            secrets = secret(secret, rules.anySecret(), errors);
        } else if (hashes != null) {
            secrets = DeclaredSecrets.read(hashes, errors);
        }
        ServiceException.throwIfAny(errors);
        return new ImportRow(index, id == null ? null : textOf(id), secrets, fields);
    }

    /** Takes a field out; null where there is none, or it is null. */
    private static @Nullable JsonNode taken(ObjectNode fields, String name) {
        JsonNode value = fields.remove(name);
        return value == null || value.isNull() ? null : value;
    }

    /** A secret, or false for none. */
    private static DeclaredSecrets secret(JsonNode value, boolean any, List<FieldError> errors) {
        if (value.isBoolean() && !value.booleanValue()) {
            return DeclaredSecrets.NONE;
        }
        if (!isSecret(textOf(value), any)) {
            errors.add(new FieldError(
                    SECRET,
                    "must be " + (any ? 1 : SHORTEST_SECRET) + " to " + LONGEST_SECRET
                            + " characters without control characters"));
        }
        return DeclaredSecrets.of(AccessKeySecret.given(textOf(value)));
    }

    /** The name that the row gives; empty where it gives none. */
    String name() {
        return text(fields, "name");
    }

    /** Whether the row gives its key a way to prove itself without a secret. */
    boolean hasOtherProof() {
        return fields.hasNonNull("jwks") || !fields.path("federated").isEmpty();
    }

    /** A member that is a string; empty where there is none. */
    static String text(ObjectNode fields, String member) {
        return textOf(fields.path(member));
    }

    private static String textOf(JsonNode value) {
        return value.isTextual() ? value.textValue() : "";
    }

    private static boolean isSecret(String text, boolean any) {
        boolean longEnough = text.codePointCount(0, text.length()) >= (any ? 1 : SHORTEST_SECRET);
        boolean writable = text.chars().noneMatch(Character::isISOControl) && Text.isUnicode(text);
        return longEnough && text.length() <= LONGEST_SECRET && writable;
    }

    @Override
    public String toString() {
        return "ImportRow[" + index + "]";
    }
}
