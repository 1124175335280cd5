package io.headrace.console.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The description of the API. */
final class OpenApiResource implements Resource {

    private static final String FILE = "/io/headrace/console/openapi.json";

    private final Mono<byte[]> document = Mono.fromCallable(OpenApiResource::read)
            .subscribeOn(Schedulers.boundedElastic())
            .cache();

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/openapi.json", request -> document.flatMap(OpenApiResource::send));
    }

    private static Mono<ServerResponse> send(byte[] document) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body((message, context) -> message.writeWith(
                        Mono.fromSupplier(() -> message.bufferFactory().wrap(document))));
    }

    private static byte[] read() throws IOException {
        try (InputStream in = Objects.requireNonNull(OpenApiResource.class.getResourceAsStream(FILE), FILE)) {
            return in.readAllBytes();
        }
    }
}
