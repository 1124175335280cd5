package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import java.time.Duration;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Running engines, and their starts and ends. */
final class EngineResource implements Resource {

    private static final int HOURS = 24;
    private static final int MOST_HOURS = 24 * 90;

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/engines", this::list).GET(ApiRoutes.ROOT + "/marks", this::marks);
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return Answers.list("engines", Guard.operator(request).workers());
    }

    private Mono<ServerResponse> marks(ServerRequest request) {
        Duration back = Duration.ofHours(Parameters.number(request, "hours", HOURS, 1, MOST_HOURS));
        return Answers.list("marks", Guard.operator(request).marks(back));
    }
}
