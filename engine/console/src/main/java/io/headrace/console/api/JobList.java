package io.headrace.console.api;

import io.headrace.JobState;
import io.headrace.console.guard.Guard;
import io.headrace.operate.JobFilter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lists of jobs, page by page. */
final class JobList implements Resource {

    private static final int DEFAULT = 50;
    private static final int MOST = 200;

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(ApiRoutes.ROOT + "/jobs", this::page);
    }

    private Mono<ServerResponse> page(ServerRequest request) {
        JobFilter filter = new JobFilter(
                state(request),
                Parameters.text(request, "queue"),
                Parameters.text(request, "kind"),
                Parameters.text(request, "key"),
                Parameters.text(request, "fingerprint"));
        int limit = Parameters.number(request, "limit", DEFAULT, 1, MOST);
        return Guard.operator(request)
                .jobs(filter, Parameters.text(request, "cursor"), limit)
                .flatMap(Answers::json);
    }

    private static @Nullable JobState state(ServerRequest request) {
        String text = Parameters.text(request, "state");
        if (text == null) {
            return null;
        }
        return Arrays.stream(JobState.values())
                .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Parameters.invalid(
                        "state", "'" + text + "' is none of " + Arrays.toString(JobState.values()), null));
    }
}
