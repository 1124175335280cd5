package io.headrace;

import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Type;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Payloads by Jackson. The default mapper ignores properties that the handler's type does not know, so that a newer
 * producer does not fail an older handler, and refuses objects without any property, which would be stored as nothing. Safe to use from many threads.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

    private final ObjectMapper mapper;

    /** With Jackson's own defaults, save for the two above. */
    public JacksonPayloadCodec() {
        this(JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build());
    }

    /** With a mapper of one's own. */
    public JacksonPayloadCodec(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void write(Object payload, Writer json) throws IOException {
        try {
            mapper.writeValue(json, payload);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Object read(String json, Type type) {
        Object payload = mapper.readValue(json, mapper.constructType(type));
        if (payload == null) {
            throw new IllegalArgumentException("it is null");
        }
        return payload;
    }
}
