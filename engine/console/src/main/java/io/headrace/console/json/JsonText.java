package io.headrace.console.json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Writes answers as JSON, whatever codecs the application has configured. */
public final class JsonText {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(new NamingRule())
            .addModule(new SimpleModule().addSerializer(Duration.class, new Seconds()))
            .build();

    private JsonText() {}

    /** Returns a value as JSON. */
    public static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Sends a value as JSON. */
    public static Mono<ServerResponse> send(ServerResponse.BodyBuilder response, MediaType type, Object value) {
        return response.contentType(type)
                .body((message, context) -> message.writeWith(Mono.fromSupplier(
                        () -> message.bufferFactory().wrap(of(value).getBytes(StandardCharsets.UTF_8)))));
    }
}
