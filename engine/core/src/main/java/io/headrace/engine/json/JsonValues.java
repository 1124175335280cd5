package io.headrace.engine.json;

import io.headrace.InvalidValueException;
import io.headrace.JobConstraints;
import io.headrace.PayloadCodec;
import io.headrace.ValueUnreadableException;
import io.headrace.engine.guard.ErrorText;
import java.io.IOException;
import java.lang.reflect.Type;

/** Writes and reads, as JSON, what is kept beside payloads. Thread-safe. */
public final class JsonValues {

    /** What an error says of a value that is too long. */
    public static final String LIMIT = ". Store it elsewhere, and keep a reference to it here";

    private final PayloadCodec codec;

    public JsonValues(PayloadCodec codec) {
        this.codec = codec;
    }

    /**
     * Writes a value.
     *
     * @param what names the value in an error, such as {@code the result}
     * @throws InvalidValueException if it cannot be written, cannot be stored, or is too long
     */
    public String write(String what, Object value) {
        return write(what, value, JobConstraints.VALUE_BYTES);
    }

    /**
     * Writes a value of another maximum length.
     *
     * @param mostBytes of the JSON
     */
    public String write(String what, Object value, int mostBytes) {
        JsonGate gate = new JsonGate(mostBytes, LIMIT);
        try {
            codec.write(value, gate);
            return gate.text();
        } catch (IOException e) {
            throw new InvalidValueException(what, e.getMessage(), e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new InvalidValueException(
                    what,
                    "a " + value.getClass().getName() + ", cannot be written as JSON: " + ErrorText.firstLine(e),
                    e);
        }
    }

    /**
     * Reads a value.
     *
     * @param what names the value in an error
     * @throws ValueUnreadableException if it does not parse into the type
     */
    public Object read(String what, String json, Type type) {
        try {
            return codec.read(json, type);
        } catch (RuntimeException | StackOverflowError e) {
            throw new ValueUnreadableException(what, type.getTypeName(), e);
        }
    }
}
