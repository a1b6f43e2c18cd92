package dev.latchkey.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an audit event changed, in words. They may come from anywhere and are not yet fit for a terminal. */
public final class AuditChanges {
    /** Longer values are cut, in characters. */
    private static final int LONGEST_VALUE = 160;

    private static final int TOLD_BEFORE = 20;
    private static final String NO_HINT = "(no hint)";

    private AuditChanges() {}

    /** One text for each field that differs: {@code token_lifetime 3600 → 1800}; null = the subject was not there, or is gone. */
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
                    texts.add(name + " " + shorten(words(only)));
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
                return shorten(String.join(" ", steps));
            }
        }
        return difference(words(was), words(is));
    }

    /** Long texts that begin alike are told from where they differ, or the cut would hide it. */
    private static String difference(String old, String fresh) {
        int alike = 0;
        while (alike < Math.min(old.length(), fresh.length()) && old.charAt(alike) == fresh.charAt(alike)) {
            alike++;
        }
        int from = alike - TOLD_BEFORE;
        if (alike < LONGEST_VALUE / 2) {
            return shorten(old) + " → " + shorten(fresh);
        }
        from -= Character.isLowSurrogate(old.charAt(from)) ? 1 : 0;
        return shorten("…" + old.substring(from)) + " → " + shorten("…" + fresh.substring(from));
    }

    private static String shorten(String words) {
        return words.codePointCount(0, words.length()) <= LONGEST_VALUE
                ? words
                : words.substring(0, words.offsetByCodePoints(0, LONGEST_VALUE - 1)) + "…";
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
        if (isNothing(value)) {
            return "none";
        }
        return value.isArray()
                ? value.valueStream().map(AuditChanges::item).collect(Collectors.joining(" "))
                : plain(value);
    }

    /** One of several values; a secret is told by its hint. */
    private static String item(JsonNode value) {
        if (!value.has("hint")) {
            return plain(value);
        }
        JsonNode end = value.path("expires_at");
        return "…" + value.path("hint").asText(NO_HINT) + (end.isTextual() ? " (until " + end.textValue() + ")" : "");
    }

    private static String plain(JsonNode value) {
        return value.isTextual() ? value.textValue() : JsonBinding.text(value);
    }
}
