package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A JSON object with placeholders in its texts and names. A text that is nothing but <code>{name}</code> becomes the
 * value of that name with its JSON type; inside a longer text the value stands as text. A member whose text is <code>
 * {name?}</code> is left out when the value is empty. Values are not looked through for placeholders. Immutable and
 * thread-safe.
 */
final class JsonTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)(\\?)?}");

    private final ObjectNode object;

    JsonTemplate(ObjectNode object) {
        this.object = object;
    }

    /** The names of its members, in their order. */
    String names() {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    /**
     * The object with these values: texts, numbers, lists or trees.
     *
     * @throws IllegalStateException when a placeholder has no value
     */
    ObjectNode fill(Map<String, ?> values) {
        return filled(object, values);
    }

    private static ObjectNode filled(ObjectNode template, Map<String, ?> values) {
        ObjectNode result = JsonBinding.object();
        for (Map.Entry<String, JsonNode> member : template.properties()) {
            JsonNode value = filled(member.getValue(), values);
            if (!value.isMissingNode()) {
                result.set(text(member.getKey(), values), value);
            }
        }
        return result;
    }

    private static JsonNode filled(JsonNode template, Map<String, ?> values) {
        if (template instanceof ObjectNode members) {
            return filled(members, values);
        }
        if (template instanceof ArrayNode elements) {
            ArrayNode result = JsonBinding.object().arrayNode();
            elements.forEach(element -> result.add(filled(element, values)));
            return result;
        }
        if (!template.isTextual()) {
            return template;
        }
        Matcher whole = PLACEHOLDER.matcher(template.textValue());
        if (!whole.matches()) {
            return JsonBinding.tree(text(template.textValue(), values));
        }
        JsonNode value = JsonBinding.tree(value(whole.group(1), values));
        boolean empty =
                value.isEmpty() && (!value.isTextual() || value.textValue().isEmpty()) && !value.isNumber();
        return whole.group(2) != null && empty ? template.path(0) : value;
    }

    /** A text with these values; they stand as text. */
    static String text(String template, Map<String, ?> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(value(found.group(1), values).toString()));
    }

    private static Object value(String name, Map<String, ?> values) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the template asks for {" + name + "}, which has no value");
        }
        return value;
    }
}
