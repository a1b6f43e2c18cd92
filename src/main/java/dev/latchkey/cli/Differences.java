package dev.latchkey.cli;

import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an audit event changed, in words. They may come from anywhere and are not yet fit for a terminal. */
final class Differences {
    private static final int WIDEST_VALUE = 160;

    private Differences() {}

    /**
     * One text for each field that differs: {@code token_lifetime 3600 → 1800}.
     *
     * @param before the fields before as a JSON object; null = the subject was not there
     * @param after the fields afterwards; null = it is gone
     */
    static List<String> between(@Nullable String before, @Nullable String after) {
        Map<String, Object> old = fields(before);
        Map<String, Object> fresh = fields(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(fresh.keySet());
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            Object was = old.get(name);
            Object is = fresh.get(name);
            if (before == null || after == null) {
                Object only = before == null ? is : was;
                if (!isNothing(only)) {
                    texts.add(name + " " + words(only));
                }
            } else if (!Objects.equals(was, is)) {
                texts.add(name + " " + change(was, is));
            }
        }
        return texts;
    }

    /** A stored JSON object as plain values; null as null. */
    static @Nullable Object plain(@Nullable String json) {
        return json == null ? null : fields(json);
    }

    private static Map<String, Object> fields(@Nullable String json) {
        try {
            return json == null ? Map.of() : Json.parseObject(json);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("an audit event is not JSON", e);
        }
    }

    private static String change(@Nullable Object was, @Nullable Object is) {
        if (was instanceof List<?> old && is instanceof List<?> fresh && areTexts(old) && areTexts(fresh)) {
            List<String> steps = new ArrayList<>();
            fresh.stream().filter(item -> !old.contains(item)).forEach(item -> steps.add("+" + item));
            old.stream().filter(item -> !fresh.contains(item)).forEach(item -> steps.add("-" + item));
            if (!steps.isEmpty()) {
                return Visible.shorten(String.join(" ", steps), WIDEST_VALUE);
            }
        }
        return words(was) + " → " + words(is);
    }

    private static boolean areTexts(List<?> items) {
        return !items.isEmpty() && items.stream().allMatch(String.class::isInstance);
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null
                || value.equals("")
                || (value instanceof List<?> items && items.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private static String words(@Nullable Object value) {
        String words = isNothing(value)
                ? "none"
                : value instanceof List<?> items
                        ? items.stream().map(Differences::item).collect(Collectors.joining(" "))
                        : item(value);
        return Visible.shorten(words, WIDEST_VALUE);
    }

    /** A secret is told by its hint. */
    private static String item(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.get("hint") instanceof String hint) {
            Object end = map.get("expires_at");
            return "…" + hint + (end == null ? "" : " (until " + end + ")");
        }
        return value instanceof String text ? text : Json.write(value);
    }
}
