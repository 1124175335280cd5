package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import io.headrace.schedule.ScheduleOperator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What can be done with a schedule. */
final class ScheduleChanges implements Resource {

    private static final String SCHEDULE = ScheduleResource.SCHEDULE;

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.POST(
                        SCHEDULE + "/pause",
                        request -> Answers.done(schedules(request).pause(name(request))))
                .POST(
                        SCHEDULE + "/resume",
                        request -> Answers.done(schedules(request).resume(name(request))))
                .POST(
                        SCHEDULE + "/remove",
                        request -> Answers.done(schedules(request).remove(name(request))))
                .POST(SCHEDULE + "/run", this::run)
                .POST(SCHEDULE + "/backfill", this::backfill);
    }

    private Mono<ServerResponse> run(ServerRequest request) {
        return schedules(request).runNow(name(request)).flatMap(fire -> Answers.json(FireView.of(fire)));
    }

    private Mono<ServerResponse> backfill(ServerRequest request) {
        ScheduleOperator schedules = schedules(request);
        return Bodies.read(request, Range.class)
                .flatMap(range -> schedules.backfill(
                        name(request), Bodies.required("from", range.from()), Bodies.required("to", range.to())))
                .flatMap(Answers::json);
    }

    private static String name(ServerRequest request) {
        return request.pathVariable(ScheduleResource.NAME);
    }

    private static ScheduleOperator schedules(ServerRequest request) {
        return Guard.operator(request).schedules();
    }

    private record Range(@Nullable Instant from, @Nullable Instant to) {}
}
