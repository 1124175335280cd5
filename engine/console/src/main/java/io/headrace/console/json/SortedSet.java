package io.headrace.console.json;

import java.util.Comparator;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a set in the order of its texts, so that equal answers look the same. */
@SuppressWarnings("rawtypes")
final class SortedSet extends StdSerializer<Set> {

    SortedSet() {
        super(Set.class);
    }

    @Override
    public void serialize(Set value, JsonGenerator json, SerializationContext context) {
        json.writeStartArray();
        ((Set<?>) value).stream().sorted(Comparator.comparing(String::valueOf)).forEach(json::writePOJO);
        json.writeEndArray();
    }
}
