package dev.latchkey.http.api;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of a small object and gathers what is wrong with them, so that a caller hears of everything at once.
 * Not thread-safe; lives for one document.
 */
final class Fields {
    private final Map<String, Object> document;
    private final Set<String> known = new HashSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    Fields(Map<String, Object> document) {
        this.document = document;
    }

    /** A text that must be there; empty until {@link #check} has been passed where it is not. */
    String text(String name) {
        require(name);
        return optionalText(name).orElse("");
    }

    void require(String name) {
        if (!document.containsKey(name)) {
            errors.add(new FieldError(name, "is required"));
        }
    }

    /** A text that may be left out, but not be null. */
    Optional<String> optionalText(String name) {
        known.add(name);
        if (!document.containsKey(name)) {
            return Optional.empty();
        }
        if (document.get(name) instanceof String text) {
            return Optional.of(text);
        }
        errors.add(new FieldError(name, "must be a string"));
        return Optional.empty();
    }

    /** A boolean that may be left out, which means false. */
    boolean optionalFlag(String name) {
        known.add(name);
        Object value = document.get(name);
        if (document.containsKey(name) && !(value instanceof Boolean)) {
            errors.add(new FieldError(name, "must be true or false"));
        }
        return Boolean.TRUE.equals(value);
    }

    /** One of a few texts that each mean a value; it may be left out. */
    <T> Optional<T> choice(String name, Function<String, Optional<T>> meaning, String wanted) {
        return optionalText(name).flatMap(text -> {
            Optional<T> value = meaning.apply(text);
            if (value.isEmpty()) {
                errors.add(new FieldError(name, wanted));
            }
            return value;
        });
    }

    /**
     * Returns if nothing is wrong and there is no field that nobody asked for.
     *
     * @throws LatchkeyException of kind INVALID that names every field at fault
     */
    void check() {
        for (String name : document.keySet()) {
            if (!known.contains(name)) {
                errors.add(FieldError.unknown(name, "is not a field that can be set"));
            }
        }
        if (!errors.isEmpty()) {
            throw LatchkeyException.invalid(errors);
        }
    }

    /** Prints no value: one of them may be a password. */
    @Override
    public String toString() {
        return "Fields" + document.keySet();
    }
}
