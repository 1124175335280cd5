package io.headrace.console.guard;

import io.headrace.JobOperator;
import io.headrace.console.AccessRefusedException;
import io.headrace.console.OperatorPolicy;
import io.headrace.operate.Actor;
import io.headrace.operate.NotPermittedException;
import io.headrace.operate.Right;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The one filter that every request passes. It refuses changes that other sites ask for, and gives the request an actor. The
 * rest of the console reaches the operator only through that actor, so that no operation can forget to check a right.
 */
public final class Guard implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final String ACTOR = Guard.class.getName() + ".actor";
    private static final String OPERATOR = Guard.class.getName() + ".operator";

    private final JobOperator operator;
    private final OperatorPolicy policy;

    public Guard(JobOperator operator, OperatorPolicy policy) {
        this.operator = operator;
        this.policy = policy;
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        CrossSite.check(request);
        return policy.actor(request).switchIfEmpty(Mono.error(Guard::nobody)).flatMap(actor -> {
            request.attributes().put(ACTOR, actor);
            request.attributes().put(OPERATOR, operator.as(actor));
            return next.handle(request);
        });
    }

    private static AccessRefusedException nobody() {
        return new AccessRefusedException("The operator policy of this console gives no access to this request");
    }

    /** Returns who sends a request. */
    public static Actor actor(ServerRequest request) {
        return (Actor) request.attribute(ACTOR).orElseThrow(Guard::unguarded);
    }

    /** Returns the operator for whoever sends a request: it refuses what they may not do. */
    public static JobOperator operator(ServerRequest request) {
        return (JobOperator) request.attribute(OPERATOR).orElseThrow(Guard::unguarded);
    }

    /** Checks a right for an answer that the operator does not give. */
    public static void require(ServerRequest request, Right right) {
        Actor actor = actor(request);
        if (!actor.may(right)) {
            throw new NotPermittedException(actor.name(), right);
        }
    }

    private static IllegalStateException unguarded() {
        return new IllegalStateException("This route is not behind the guard");
    }
}
