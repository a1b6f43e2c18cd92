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
 * @param secret the secret it shall have; null = keep what it has, or make one
 * @param fields the settings that the row names
 */
record ImportRow(int index, @Nullable String id, @Nullable AccessKeySecret secret, ObjectNode fields) {
    private static final int SHORTEST_SECRET = 32;
    private static final int LONGEST_SECRET = 512;

    /** What Latchkey itself sets: an exported key can be imported as it is, these fields are passed over. */
    private static final List<String> EXPORTED =
            List.of("created_at", "created_by", "updated_at", "last_used_at", "secrets");

    /**
     * Reads a row.
     *
     * @param anySecret whether a given secret may be short, as on a developer's own machine
     */
    static ImportRow read(int index, ObjectNode row, boolean anySecret) {
        ObjectNode fields = row.objectNode().setAll(row);
        List<FieldError> errors = new ArrayList<>();
        fields.remove(EXPORTED);
        boolean hasId = isGiven(fields.remove("id"));
        boolean hasSecret = isGiven(fields.remove("secret"));
        String id = text(row, "id");
        String secret = text(row, "secret");
        if (hasId && !AccessKeyIds.isValid(id)) {
            errors.add(new FieldError("id", "must be 3 to 64 of A-Z a-z 0-9 . _ -"));
        }
        if (hasSecret && !isSecret(secret, anySecret)) {
            errors.add(new FieldError(
                    "secret",
                    "must be " + (anySecret ? 1 : SHORTEST_SECRET) + " to " + LONGEST_SECRET
                            + " characters without control characters"));
        }
        if (!errors.isEmpty()) {
            throw ServiceException.invalid(errors);
        }
        return new ImportRow(index, hasId ? id : null, hasSecret ? AccessKeySecret.given(secret) : null, fields);
    }

    /** The name that the row gives; empty where it gives none. */
    String name() {
        return text(fields, "name");
    }

    /** A member that is a string; empty where there is none. */
    static String text(ObjectNode fields, String member) {
        return fields.path(member).isTextual() ? fields.path(member).textValue() : "";
    }

    private static boolean isGiven(@Nullable JsonNode value) {
        return value != null && !value.isNull();
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
