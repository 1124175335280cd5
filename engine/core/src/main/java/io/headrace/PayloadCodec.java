package io.headrace;

import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Type;

/**
 * Turns payloads into JSON and back. Must be safe to use from many threads.
 *
 * <p>The default is Jackson, {@link JacksonPayloadCodec}.
 */
public interface PayloadCodec {

    /**
     * Writes a payload as JSON text. What the writer throws must be passed on: it refuses what cannot be stored as early
     * as possible, a payload over the limit above all.
     *
     * @throws IOException whatever the writer threw
     * @throws RuntimeException if the payload cannot be written
     */
    void write(Object payload, Writer json) throws IOException;

    /**
     * Reads JSON text.
     *
     * @param json as stored; equal to what was written save for white space, the order of keys and the form of numbers
     * @throws RuntimeException if it does not parse into the type
     */
    Object read(String json, Type type);
}
