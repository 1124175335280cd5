package io.headrace.cli.print;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of the JSON output: its fields in the order of the documentation, also those without a value. Not
 * thread-safe.
 */
public final class Fields {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    /**
     * Adds a field. Numbers, flags and text stay what they are, a collection becomes an array, and everything else, such as
     * an id or an instant, its text.
     */
    public Fields with(String name, @Nullable Object value) {
        values.put(name, plain(value));
        return this;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Fields fields) {
            return fields.values;
        }
        if (value instanceof Collection<?> each) {
            return each.stream().map(Fields::plain).toList();
        }
        return value.toString();
    }

    /** As one line of JSON. */
    public String json() {
        return Json.text(values);
    }
}
