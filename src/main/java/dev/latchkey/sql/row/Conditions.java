package dev.latchkey.sql.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions of one select that all must be met, and the values of their parameters in order. Not thread-safe. */
public final class Conditions {
    private final List<String> all = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** Adds a condition with its values, unless the first of them is null. */
    public void add(String condition, @Nullable Object... parameters) {
        if (parameters[0] != null) {
            all.add(condition);
            values.addAll(Arrays.asList(parameters));
        }
    }

    /** The clause, with a space before it; empty where there is no condition. */
    public String where() {
        return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
    }

    public List<Object> values() {
        return values;
    }
}
