package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import java.time.Duration;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** How many attempts ended, over time. */
final class ActivityResource implements Resource {

    private static final int MINUTES = 60;
    private static final int MOST_MINUTES = 60 * 24 * 31;
    private static final int BUCKETS = 60;
    private static final int MOST_BUCKETS = 1_000;

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/activity", this::activity);
    }

    private Mono<ServerResponse> activity(ServerRequest request) {
        Duration window = Duration.ofMinutes(Parameters.number(request, "minutes", MINUTES, 1, MOST_MINUTES));
        int buckets = Parameters.number(request, "buckets", BUCKETS, 1, MOST_BUCKETS);
        return Guard.operator(request).activity(window, buckets).flatMap(Answers::json);
    }
}
