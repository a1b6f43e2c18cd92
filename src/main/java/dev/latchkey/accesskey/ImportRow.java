package dev.latchkey.accesskey;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One key of an import file, read but not yet held against the store.
 *
 * @param index its place in the file, from 0
 * @param id the id it shall have; null = its name tells which key it is
 * @param secret the secret it shall have; null = keep what it has, or make one
 * @param fields the settings that the row names
 */
record ImportRow(int index, @Nullable String id, @Nullable AccessKeySecret secret, Map<String, Object> fields) {
    private static final int SHORTEST_SECRET = 32;
    private static final int LONGEST_SECRET = 512;

    /**
     * Reads a row.
     *
     * @param anySecret whether a given secret may be short, as on a developer's own machine
     */
    static ImportRow read(int index, Map<String, Object> row, boolean anySecret) {
        Map<String, Object> fields = new LinkedHashMap<>(row);
        List<FieldError> errors = new ArrayList<>();
        Object id = fields.remove("id");
        Object secret = fields.remove("secret");
        if (id != null && !(id instanceof String text && AccessKeyIds.isValid(text))) {
            errors.add(new FieldError("id", "must be 3 to 64 of A-Z a-z 0-9 . _ -"));
        }
        if (secret != null && !(secret instanceof String text && isSecret(text, anySecret))) {
            errors.add(new FieldError(
                    "secret",
                    "must be " + (anySecret ? 1 : SHORTEST_SECRET) + " to " + LONGEST_SECRET
                            + " characters without control characters"));
        }
        if (!errors.isEmpty()) {
            throw LatchkeyException.invalid(errors);
        }
        return new ImportRow(
                index,
                (String) id,
                secret == null ? null : AccessKeySecret.given((String) secret),
                dropWhatOnlyExportsSay(fields));
    }

    /** The name that the row gives; empty where it gives none. */
    String name() {
        return fields.get("name") instanceof String name ? name : "";
    }

    /** An exported key can be imported as it is: what Latchkey itself sets is passed over. */
    private static Map<String, Object> dropWhatOnlyExportsSay(Map<String, Object> fields) {
        List.of("created_at", "created_by", "updated_at", "last_used_at", "secrets")
                .forEach(fields::remove);
        return fields;
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
