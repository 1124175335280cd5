package io.headrace.console.api;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.console.guard.Guard;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What failed jobs have in common. */
final class FailureResource implements Resource {

    private static final String FAILURES = ApiRoutes.ROOT + "/failures";
    private static final String FINGERPRINT = "fingerprint";

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(FAILURES, this::list).POST(FAILURES + "/{" + FINGERPRINT + "}/probe", this::probe);
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return Answers.list("causes", Guard.operator(request).failureCauses());
    }

    private Mono<ServerResponse> probe(ServerRequest request) {
        return Guard.operator(request)
                .probe(FailedJobs.withFingerprint(request.pathVariable(FINGERPRINT)))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(job -> Answers.json(new Probed(job.orElse(null))));
    }

    private record Probed(@Nullable JobId job) {}
}
