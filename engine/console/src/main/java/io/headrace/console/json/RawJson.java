package io.headrace.console.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;

/** A JSON text that Jackson writes as it is. Immutable. */
public final class RawJson implements JacksonSerializable {

    private static final JsonMapper CHECK = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String text;

    private RawJson(String text) {
        this.text = text;
    }

    /**
     * Checks a text.
     *
     * @throws IllegalArgumentException if it is not one JSON value
     */
    public static RawJson of(String text) {
        try {
            if (CHECK.readTree(text).isMissingNode()) {
                throw new IllegalArgumentException("is empty");
            }
            return new RawJson(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
        json.writeRawValue(text);
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializationContext context, TypeSerializer type) {
        serialize(json, context);
    }
}
