package dev.latchkey.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of a small object and gathers what is wrong with them, so that a caller hears of everything at once.
 * Not thread-safe; lives for one document.
 */
public final class Fields {
    private final ObjectNode document;
    private final Set<String> known = new HashSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    /** Reads this object. */
    public Fields(ObjectNode document) {
        this.document = document;
    }

    /** A text that must be there; empty until {@link #check} has been passed where it is not. */
    public String text(String name) {
        require(name);
        return optionalText(name).orElse("");
    }

    /** Says that a field is missing, where it is. */
    public void require(String name) {
        if (!document.has(name)) {
            errors.add(new FieldError(name, "is required"));
        }
    }

    /** A text that may be left out, but not be null. */
    public Optional<String> optionalText(String name) {
        known.add(name);
        JsonNode value = document.path(name);
        if (value.isTextual()) {
            return Optional.of(value.textValue());
        }
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        errors.add(new FieldError(name, "must be a string"));
        return Optional.empty();
    }

    /** A boolean that may be left out, which means false. */
    public boolean optionalFlag(String name) {
        known.add(name);
        JsonNode value = document.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            errors.add(new FieldError(name, "must be true or false"));
        }
        return value.booleanValue();
    }

    /** One of a few texts that each mean a value; it may be left out. */
    public <T> Optional<T> choice(String name, Function<String, Optional<T>> meaning, String wanted) {
        return optionalText(name).flatMap(text -> {
            Optional<T> value = meaning.apply(text);
            if (value.isEmpty()) {
                errors.add(new FieldError(name, wanted));
            }
            return value;
        });
    }

    /** The value of a field of any kind; missing where it is left out. The caller says by {@link #wrong} what is wrong with it. */
    public JsonNode any(String name) {
        known.add(name);
        return document.path(name);
    }

    /** Says what is wrong with a field. */
    public void wrong(String name, String message) {
        errors.add(new FieldError(name, message));
    }

    /**
     * Returns if nothing is wrong and there is no other field than those asked for.
     *
     * @throws ServiceException of kind INVALID that names every field at fault
     */
    public void check() {
        document.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                errors.add(FieldError.unknown(name, "is not a field that can be set"));
            }
        });
        if (!errors.isEmpty()) {
            throw ServiceException.invalid(errors);
        }
    }

    /** Prints no value: one of them may be a password. */
    @Override
    public String toString() {
        return "Fields" + known;
    }
}
