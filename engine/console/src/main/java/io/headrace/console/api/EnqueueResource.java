package io.headrace.console.api;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.console.guard.Guard;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Enqueues jobs. */
final class EnqueueResource implements Resource {

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.POST(ApiRoutes.ROOT + "/jobs", this::enqueue);
    }

    private Mono<ServerResponse> enqueue(ServerRequest request) {
        return Bodies.read(request, JobDraft.class)
                .flatMap(draft -> Guard.operator(request).enqueue(draft.job()))
                .flatMap(enqueued -> Answers.json(Result.of(enqueued)));
    }

    private record Result(JobId job, boolean created, Enqueued.@Nullable Reason reason) {
        static Result of(Enqueued enqueued) {
            return new Result(enqueued.id(), enqueued.created(), enqueued.reason());
        }
    }
}
