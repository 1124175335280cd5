package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Running engines. */
final class EngineResource implements Resource {

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/engines", this::list);
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return Answers.list("engines", Guard.operator(request).workers());
    }
}
