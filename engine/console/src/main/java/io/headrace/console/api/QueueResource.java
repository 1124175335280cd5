package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import io.headrace.operate.LiveQueue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** As the live events have them: the two cost the store one reading. */
    private Mono<ServerResponse> list(ServerRequest request) {
        return Guard.operator(request).live().next().flatMap(view -> {
            String problem = view.problem();
            return problem == null
                    ? Answers.json(new Queues(view.at(), view.queues()))
                    : Mono.error(() -> new ProblemException(ProblemCode.STORE_UNAVAILABLE, problem));
        });
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

    private record Queues(@Nullable Instant at, List<LiveQueue> queues) {}
}
