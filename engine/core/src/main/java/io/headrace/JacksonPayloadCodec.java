package io.headrace;

import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes payloads with Jackson. By default, properties that the handler's type does not have are ignored, so
 * that a newer producer does not fail an older handler; {@link #strict} rejects them. Objects without any property are
 * rejected, because nothing of them would be stored. Thread-safe.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

    private final ObjectMapper mapper;
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();
    private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();

    /** Creates a codec with Jackson's defaults, except for the two settings above. */
    public JacksonPayloadCodec() {
        this(mapper(false));
    }

    /**
     * Creates a codec that rejects payloads with properties that the handler's type does not have. The attempt fails
     * with a {@link PayloadUnreadableException} that names the first such property. Deploy handlers that know a new
     * property before producers that write it.
     */
    public static JacksonPayloadCodec strict() {
        return new JacksonPayloadCodec(mapper(true));
    }

    private static ObjectMapper mapper(boolean strict) {
        return JsonMapper.builder()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
    }

    /** Creates a codec that uses the given mapper. */
    public JacksonPayloadCodec(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void write(Object payload, Writer json) throws IOException {
        try {
            writer(payload.getClass()).writeValue(json, payload);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Object read(String json, Type type) {
        Object payload = reader(type).readValue(json);
        if (payload == null) {
            throw new IllegalArgumentException("it is null");
        }
        return payload;
    }

    private ObjectReader reader(Type type) {
        ObjectReader reader = readers.get(type);
        return reader == null ? newReader(type) : reader;
    }

    private ObjectWriter writer(Class<?> type) {
        ObjectWriter writer = writers.get(type);
        return writer == null ? newWriter(type) : writer;
    }

    /*
     * Jackson makes what reads and writes a type when it is first met, under a lock for which a second thread would be
     * parked: on an event loop, where payloads are read and written, nothing may be. One thread at a time asks for it here,
     * once for each type; afterwards no lock is taken.
     */

    private synchronized ObjectReader newReader(Type type) {
        return readers.computeIfAbsent(type, key -> mapper.readerFor(mapper.constructType(key)));
    }

    private synchronized ObjectWriter newWriter(Class<?> type) {
        return writers.computeIfAbsent(type, mapper::writerFor);
    }
}
