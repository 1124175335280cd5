package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The state of the store, and what to do about it. */
final class DatabaseResource implements Resource {

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/database", this::diagnose);
    }

    private Mono<ServerResponse> diagnose(ServerRequest request) {
        return Guard.operator(request).diagnose().flatMap(Answers::json);
    }
}
