package io.headrace.console.api;

import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkOperator;
import io.headrace.console.guard.Guard;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Bulk operations. */
final class OperationResource implements Resource {

    private static final String OPERATIONS = ApiRoutes.ROOT + "/operations";
    private static final String ID = "operation";
    private static final String OPERATION = OPERATIONS + "/{" + ID + "}";
    private static final int DEFAULT = 20;
    private static final int MOST = 100;

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(OPERATIONS, this::list)
                .POST(OPERATIONS, this::start)
                .POST(OPERATIONS + "/preview", this::preview)
                .GET(OPERATION, this::show)
                .POST(OPERATION + "/stop", this::stop);
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        int limit = Parameters.number(request, "limit", DEFAULT, 1, MOST);
        return Answers.list("operations", bulk(request).list(limit).map(OperationView::of));
    }

    private Mono<ServerResponse> start(ServerRequest request) {
        return Bodies.read(request, ActionBody.class)
                .flatMap(body -> bulk(request).start(body.toAction()))
                .flatMap(OperationResource::answer);
    }

    private Mono<ServerResponse> preview(ServerRequest request) {
        return Bodies.read(request, ActionBody.class)
                .flatMap(body -> bulk(request).preview(body.toAction()))
                .flatMap(Answers::json);
    }

    private Mono<ServerResponse> show(ServerRequest request) {
        return known(request, bulk(request).find(request.pathVariable(ID)));
    }

    private Mono<ServerResponse> stop(ServerRequest request) {
        return known(request, bulk(request).stop(request.pathVariable(ID)));
    }

    private static Mono<ServerResponse> known(ServerRequest request, Mono<BulkOperation> operation) {
        return operation
                .flatMap(OperationResource::answer)
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemCode.UNKNOWN_OPERATION,
                        "There is no operation " + request.pathVariable(ID)
                                + ". It was never started, or was pruned from the log")));
    }

    private static Mono<ServerResponse> answer(BulkOperation operation) {
        return Answers.json(OperationView.of(operation));
    }

    private static BulkOperator bulk(ServerRequest request) {
        return Guard.operator(request).bulk();
    }
}
