package io.headrace.console.api;

import io.headrace.console.guard.Guard;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.Timetable;
import io.headrace.schedule.UnknownScheduleException;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Schedules, their next instants and their fires. */
final class ScheduleResource implements Resource {

    static final String SCHEDULES = ApiRoutes.ROOT + "/schedules";
    static final String NAME = "name";
    static final String SCHEDULE = SCHEDULES + "/{" + NAME + "}";

    private static final int MOST = 1_000;
    private static final int FIRES = 50;
    private static final int INSTANTS = 10;

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(SCHEDULES, this::list)
                .GET(SCHEDULE, this::show)
                .GET(SCHEDULE + "/preview", this::preview)
                .GET(SCHEDULE + "/fires", this::fires);
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return Answers.list("schedules", schedules(request).list().map(ScheduleView::of));
    }

    private Mono<ServerResponse> show(ServerRequest request) {
        return found(request).flatMap(schedule -> Answers.json(ScheduleView.of(schedule)));
    }

    private Mono<ServerResponse> preview(ServerRequest request) {
        int count = Parameters.number(request, "count", INSTANTS, 1, MOST);
        return found(request).flatMap(schedule -> {
            Timetable timetable = schedule.timetable();
            if (timetable == null) {
                return Mono.error(() -> new ProblemException(
                        ProblemCode.CONFLICT,
                        "This process cannot read the timetable of '" + schedule.name()
                                + "': a newer version wrote it"));
            }
            return schedules(request)
                    .preview(schedule.name(), count)
                    .flatMap(instants -> Answers.json(PreviewView.of(schedule.name(), timetable, instants)));
        });
    }

    private Mono<ServerResponse> fires(ServerRequest request) {
        int limit = Parameters.number(request, "limit", FIRES, 1, MOST);
        return Answers.list(
                "fires",
                schedules(request)
                        .fires(request.pathVariable(NAME), Parameters.instant(request, "before"), limit)
                        .map(FireView::of));
    }

    private static Mono<ScheduleSnapshot> found(ServerRequest request) {
        String name = request.pathVariable(NAME);
        return schedules(request).find(name).switchIfEmpty(Mono.error(() -> new UnknownScheduleException(name)));
    }

    private static ScheduleOperator schedules(ServerRequest request) {
        return Guard.operator(request).schedules();
    }
}
