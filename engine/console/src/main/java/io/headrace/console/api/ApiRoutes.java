package io.headrace.console.api;

import io.headrace.console.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes of the API. */
public final class ApiRoutes {

    private final String instance;

    /** @param instance the name of this installation, as the pages show it */
    public ApiRoutes(String instance) {
        this.instance = instance;
    }

    /** Returns the routes, relative to the path of the console. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().GET("/api/v1/me", this::me).build();
    }

    private Mono<ServerResponse> me(ServerRequest request) {
        return JsonText.send(
                ServerResponse.ok(),
                MediaType.APPLICATION_JSON,
                new Me("anonymous", List.of("VIEW"), instance, version()));
    }

    private static @Nullable String version() {
        return ApiRoutes.class.getPackage().getImplementationVersion();
    }
}
