package io.headrace.engine.operate;

import io.headrace.operate.Right;
import io.headrace.schedule.BackfillReport;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.SaveAnswer;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The part of the desk that is about schedules. */
final class ScheduleCounter implements ScheduleOperator {

    private final ScheduleOperator schedules;
    private final Gate gate;

    ScheduleCounter(ScheduleOperator schedules, Gate gate) {
        this.schedules = schedules;
        this.gate = gate;
    }

    @Override
    public Mono<SaveAnswer> save(Schedule schedule) {
        Objects.requireNonNull(schedule, "schedule");
        return gate.decide(Act.SAVE_SCHEDULE, schedule.name(), () -> schedules.save(schedule), Answer::of);
    }

    @Override
    public Flux<ScheduleSnapshot> list() {
        return gate.seeAll(Right.VIEW, schedules::list);
    }

    @Override
    public Mono<ScheduleSnapshot> find(String name) {
        return gate.see(Right.VIEW, () -> schedules.find(name));
    }

    @Override
    public Mono<Void> pause(String name) {
        return gate.decide(Act.PAUSE_SCHEDULE, named(name), () -> schedules.pause(name));
    }

    @Override
    public Mono<Void> resume(String name) {
        return gate.decide(Act.RESUME_SCHEDULE, named(name), () -> schedules.resume(name));
    }

    @Override
    public Mono<Void> remove(String name) {
        return gate.decide(Act.REMOVE_SCHEDULE, named(name), () -> schedules.remove(name));
    }

    @Override
    public Mono<FireSnapshot> runNow(String name) {
        return gate.decide(Act.RUN_SCHEDULE, named(name), () -> schedules.runNow(name), Answer::of);
    }

    @Override
    public Mono<List<Instant>> preview(String name, int n) {
        return gate.see(Right.VIEW, () -> schedules.preview(name, n));
    }

    @Override
    public Mono<BackfillReport> backfill(String name, Instant from, Instant to) {
        return gate.decide(
                Act.BACKFILL_SCHEDULE,
                named(name) + " from " + from + " to " + to,
                () -> schedules.backfill(name, from, to),
                Answer::of);
    }

    @Override
    public Flux<FireSnapshot> fires(String name, @Nullable Instant before, int most) {
        return gate.seeAll(Right.VIEW, () -> schedules.fires(name, before, most));
    }

    private static String named(String name) {
        return Objects.requireNonNull(name, "schedule");
    }
}
