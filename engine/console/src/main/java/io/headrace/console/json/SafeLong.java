package io.headrace.console.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a number that JavaScript could not represent exactly as text. */
final class SafeLong extends StdSerializer<Long> {

    private static final long LARGEST = (1L << 53) - 1;

    SafeLong() {
        super(Long.class);
    }

    @Override
    public void serialize(Long value, JsonGenerator json, SerializationContext context) {
        if (value > LARGEST || value < -LARGEST) {
            json.writeString(value.toString());
        } else {
            json.writeNumber(value);
        }
    }
}
