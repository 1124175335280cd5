package io.headrace.console.json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Writes answers as JSON and reads requests, whatever codecs the application has configured. */
public final class JsonText {

    private static final JsonMapper WRITER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .propertyNamingStrategy(new NamingRule())
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, new Seconds())
                    .addSerializer(Set.class, new SortedSet())
                    .addSerializer(Long.class, new SafeLong())
                    .addSerializer(long.class, new SafeLong()))
            .build();

    private static final JsonMapper READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();

    private JsonText() {}

    /** Returns a value as JSON. */
    public static String of(Object value) {
        return WRITER.writeValueAsString(value);
    }

    /** Sends a value as JSON. */
    public static Mono<ServerResponse> send(ServerResponse.BodyBuilder response, MediaType type, Object value) {
        return send(response, type, of(value));
    }

    /** Sends a text that is JSON already. */
    public static Mono<ServerResponse> sendText(ServerResponse.BodyBuilder response, String json) {
        return send(response, MediaType.APPLICATION_JSON, json);
    }

    private static Mono<ServerResponse> send(ServerResponse.BodyBuilder response, MediaType type, String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        return response.contentType(type)
                .cacheControl(CacheControl.noStore())
                .body((message, context) -> message.writeWith(
                        Mono.fromSupplier(() -> message.bufferFactory().wrap(json))));
    }

    /**
     * Reads a value. Fields that the type does not have are refused.
     *
     * @throws JacksonException if it is not the JSON of such a value
     */
    public static <T> T read(byte[] json, Class<T> type) {
        return READER.readValue(json, type);
    }
}
