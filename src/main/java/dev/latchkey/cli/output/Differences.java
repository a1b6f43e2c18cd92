package dev.latchkey.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.json.JsonBinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an audit event changed, in words. They may come from anywhere and are not yet fit for a terminal. */
public final class Differences {
    private static final int WIDEST_VALUE = 160;

    private Differences() {}

    /**
     * One text for each field that differs: {@code token_lifetime 3600 → 1800}.
     *
     * @param before the fields before as a JSON object; null = the subject was not there
     * @param after the fields afterwards; null = it is gone
     */
    public static List<String> between(@Nullable String before, @Nullable String after) {
        ObjectNode old = fields(before);
        ObjectNode fresh = fields(after);
        Set<String> names = new LinkedHashSet<>();
        old.fieldNames().forEachRemaining(names::add);
        fresh.fieldNames().forEachRemaining(names::add);
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            JsonNode was = old.path(name);
            JsonNode is = fresh.path(name);
            if (before == null || after == null) {
                JsonNode only = before == null ? is : was;
                if (!isNothing(only)) {
                    texts.add(name + " " + words(only));
                }
            } else if (!was.equals(is)) {
                texts.add(name + " " + change(was, is));
            }
        }
        return texts;
    }

    private static ObjectNode fields(@Nullable String json) {
        return json == null ? JsonBinding.object() : JsonBinding.stored(json);
    }

    private static String change(JsonNode was, JsonNode is) {
        if (areTexts(was) && areTexts(is)) {
            List<String> steps = new ArrayList<>();
            added(was, is).forEach(text -> steps.add("+" + text));
            added(is, was).forEach(text -> steps.add("-" + text));
            if (!steps.isEmpty()) {
                return TerminalText.shorten(String.join(" ", steps), WIDEST_VALUE);
            }
        }
        return words(was) + " → " + words(is);
    }

    /** The texts of an array that another lacks, in their order. */
    private static List<String> added(JsonNode from, JsonNode to) {
        Set<JsonNode> there = from.valueStream().collect(Collectors.toSet());
        return to.valueStream()
                .filter(item -> !there.contains(item))
                .map(JsonNode::textValue)
                .toList();
    }

    private static boolean areTexts(JsonNode items) {
        return items.isArray() && !items.isEmpty() && items.valueStream().allMatch(JsonNode::isTextual);
    }

    private static boolean isNothing(JsonNode value) {
        return value.isContainerNode()
                ? value.isEmpty()
                : value.isNull() || value.isMissingNode() || "".equals(value.textValue());
    }

    private static String words(JsonNode value) {
        String words = isNothing(value)
                ? "none"
                : value.isArray()
                        ? value.valueStream().map(Differences::item).collect(Collectors.joining(" "))
                        : item(value);
        return TerminalText.shorten(words, WIDEST_VALUE);
    }

    /** A secret is told by its hint. */
    private static String item(JsonNode value) {
        if (value.path("hint").isTextual()) {
            JsonNode end = value.path("expires_at");
            return "…" + value.path("hint").textValue() + (end.isTextual() ? " (until " + end.textValue() + ")" : "");
        }
        return value.isTextual() ? value.textValue() : JsonBinding.text(value);
    }
}
