package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Queues, and how many jobs ended in them. */
final class QueueResource implements Resource {

    private static final String QUEUES = ApiRoutes.ROOT + "/queues";
    private static final String NAME = "queue";

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(QUEUES, this::list)
                .GET(ApiRoutes.ROOT + "/totals", this::totals)
                .POST(QUEUES + "/{" + NAME + "}/pause", this::pause)
                .POST(QUEUES + "/{" + NAME + "}/resume", this::resume);
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return Answers.list("queues", Guard.operator(request).queues());
    }

    private Mono<ServerResponse> totals(ServerRequest request) {
        return Answers.list("totals", Guard.operator(request).totals());
    }

    private Mono<ServerResponse> pause(ServerRequest request) {
        return Answers.done(Guard.operator(request).pause(request.pathVariable(NAME)));
    }

    private Mono<ServerResponse> resume(ServerRequest request) {
        return Answers.done(Guard.operator(request).resume(request.pathVariable(NAME)));
    }
}
