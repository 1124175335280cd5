package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The operator log. */
final class LogResource implements Resource {

    private static final int DEFAULT = 50;
    private static final int MOST = 1_000;

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/log", this::page);
    }

    private Mono<ServerResponse> page(ServerRequest request) {
        Long before = Parameters.number(request, "before");
        int limit = Parameters.number(request, "limit", DEFAULT, 1, MOST);
        return Answers.list("decisions", Guard.operator(request).decisions(before, limit));
    }
}
