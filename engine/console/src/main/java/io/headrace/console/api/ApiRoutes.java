package io.headrace.console.api;

import io.headrace.console.events.EventStreams;
import io.headrace.console.payload.Payloads;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes of the API. {@code openapi.json} describes each of them. */
public final class ApiRoutes {

    static final String ROOT = "/api/v1";

    private final List<Resource> resources;
    private final Duration timeout;

    /**
     * @param instance the name of this installation, as the pages show it
     * @param timeout how long an operation may take
     * @param payloads shows payloads to those who may see them
     * @param events the live events
     */
    public ApiRoutes(String instance, Duration timeout, Payloads payloads, EventStreams events) {
        this.timeout = timeout;
        resources = List.of(
                new MeResource(instance),
                new JobResource(payloads),
                new JobList(),
                new EnqueueResource(),
                new SignalResource(),
                new QueueResource(),
                new FailureResource(),
                new OperationResource(),
                new EventResource(events),
                new ActivityResource(),
                new EngineResource(),
                new ScheduleResource(),
                new ScheduleChanges(),
                new DatabaseResource(),
                new LogResource(),
                new AuditResource(),
                new OpenApiResource());
    }

    /** Returns the routes, relative to the path of the console. Every path under {@code /api} is answered. */
    public RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route();
        resources.forEach(resource -> resource.route(routes));
        return routes.route(RequestPredicates.path("/api/**"), ApiRoutes::unknown)
                .filter((request, next) -> next.handle(request).timeout(timeout))
                .build();
    }

    private static Mono<ServerResponse> unknown(ServerRequest request) {
        return Mono.error(() -> new ProblemException(
                ProblemCode.UNKNOWN_PATH,
                "The API has no operation " + request.method() + " " + request.path()
                        + ". api/v1/openapi.json lists them"));
    }
}
