package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Who waits for which signal, and signals. */
final class SignalResource implements Resource {

    private static final int DEFAULT = 50;
    private static final int MOST = 200;

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/signals", this::waits).POST(ApiRoutes.ROOT + "/signals", this::send);
    }

    private Mono<ServerResponse> waits(ServerRequest request) {
        int limit = Parameters.number(request, "limit", DEFAULT, 1, MOST);
        return Guard.operator(request)
                .awaiting(Parameters.text(request, "key"), Parameters.text(request, "cursor"), limit)
                .flatMap(Answers::json);
    }

    private Mono<ServerResponse> send(ServerRequest request) {
        return Bodies.read(request, SignalDraft.class)
                .flatMap(draft -> Guard.operator(request).signal(draft.requiredKey(), draft.json()))
                .flatMap(Answers::json);
    }
}
