package io.headrace.console.json;

import java.time.Duration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a duration as a decimal number of seconds, to the millisecond. */
final class Seconds extends StdSerializer<Duration> {

    private static final double MILLIS = 1_000.0;

    Seconds() {
        super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializationContext context) {
        json.writeNumber(value.toMillis() / MILLIS);
    }
}
