package dev.latchkey.accesskey.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The environment that import files take values from: <code>${NAME}</code> in a string stands for the variable,
 * <code>$${</code> for <code>${</code> itself. Names of fields are left as they are, and so is what a variable holds. Prints
 * no value. Immutable.
 */
public final class ImportVariables {
    /** No variable is set. */
    public static final ImportVariables NONE = new ImportVariables(Map.of());

    /** An escaped beginning, a variable, or a beginning that is neither; of several dollars the last two count. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]{0,200})\\})?");

    private static final String BEGINNING = "${";
    private static final String ESCAPED = "$${";

    private final Map<String, String> values;

    private ImportVariables(Map<String, String> values) {
        this.values = values;
    }

    /** The variables of an environment. An empty one counts as unset. */
    public static ImportVariables of(Map<String, String> environment) {
        return new ImportVariables(Map.copyOf(environment));
    }

    /** Puts the values into the strings of a row; notes the fields in which that cannot be done. */
    public void expand(ObjectNode row, List<FieldError> errors) {
        row.properties().forEach(field -> {
            try {
                field.setValue(changed(field.getValue(), this::expanded));
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError(field.getKey(), String.valueOf(e.getMessage())));
            }
        });
    }

    /** The same; fails with INVALID that names the fields in which it cannot be done. */
    void expandAll(ObjectNode row) {
        List<FieldError> errors = new ArrayList<>();
        expand(row, errors);
        ServiceException.throwIfAny(errors);
    }

    /** A row as a file says it whose strings are to be taken as they are: the row itself, changed. */
    static ObjectNode escape(ObjectNode row) {
        row.properties()
                .forEach(field -> field.setValue(changed(field.getValue(), text -> text.replace(BEGINNING, ESCAPED))));
        return row;
    }

    private static JsonNode changed(JsonNode value, UnaryOperator<String> change) {
        if (value.isTextual()) {
            String text = value.textValue();
            String fresh = change.apply(text);
            return text.equals(fresh) ? value : TextNode.valueOf(fresh);
        }
        if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, changed(array.get(i), change));
            }
        } else if (value instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(changed(member.getValue(), change)));
        }
        return value;
    }

    private String expanded(String text) {
        if (!text.contains(BEGINNING)) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            reference.appendReplacement(result, "");
            result.append(reference.group().equals(ESCAPED) ? BEGINNING : value(reference.group(1)));
        }
        return reference.appendTail(result).toString();
    }

    private String value(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException(
                    "has a ${ that no variable's name and } follow; write $${ where ${ itself is meant");
        }
        String value = values.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("names ${" + name + "}, which is not set in the environment");
        }
        return value;
    }

    @Override
    public String toString() {
        return "ImportVariables[" + values.size() + "]";
    }
}
