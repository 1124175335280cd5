package io.headrace.cli.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** What comes after the question mark of a URL. Not thread-safe. */
final class Parameters {

    private final Map<String, String> values = new LinkedHashMap<>();

    static Parameters of(String query) {
        Parameters parameters = new Parameters();
        for (String each : query.split("&", -1)) {
            int equals = each.indexOf('=');
            if (!each.isEmpty()) {
                parameters.values.put(
                        DatabaseUrl.decoded(equals < 0 ? each : each.substring(0, equals)),
                        equals < 0 ? "" : DatabaseUrl.decoded(each.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** Takes one out. */
    String takeOr(String name, String other) {
        String value = values.remove(name);
        return value == null ? other : value;
    }

    void forEach(BiConsumer<String, String> action) {
        values.forEach(action);
    }
}
