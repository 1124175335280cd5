package io.headrace;

import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Type;

/**
 * Converts payloads to JSON and back. Implementations must be thread-safe.
 *
 * <p>The default is {@link JacksonPayloadCodec}.
 */
public interface PayloadCodec {

    /**
     * Writes a payload as JSON text. Exceptions of the writer must be propagated: the writer rejects what cannot be
     * stored as early as possible, in particular a payload over the limit.
     *
     * @throws IOException if the writer throws it
     * @throws RuntimeException if the payload cannot be written
     */
    void write(Object payload, Writer json) throws IOException;

    /**
     * Reads a payload from JSON text.
     *
     * @param json the stored text; equal to what was written except for white space, the order of keys and the format
     *     of numbers
     * @throws RuntimeException if the text cannot be parsed into the type
     */
    Object read(String json, Type type);
}
