package io.headrace.engine.schedule;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.InvalidScheduleException;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Fires a schedule because an operator asks for it. */
final class RunNow {

    private final ShotMaker maker;
    private final FireFlush flush;
    private final Changes changes;
    private final Function<JobId, ? extends Mono<?>> cancel;

    RunNow(ShotMaker maker, FireFlush flush, Changes changes, Function<JobId, ? extends Mono<?>> cancel) {
        this.maker = maker;
        this.flush = flush;
        this.changes = changes;
        this.cancel = cancel;
    }

    /** Fires; empty if the schedule has changed meanwhile. */
    Mono<FireSnapshot> fire(StoredSchedule schedule, Instant now) {
        return maker.canFire(schedule) ? fireHere(schedule, now) : leave(schedule, now);
    }

    private Mono<FireSnapshot> fireHere(StoredSchedule schedule, Instant now) {
        Times times = schedule.times();
        boolean isPaused = times.pause() != null;
        Outcomes outcomes = Outcomes.of(
                schedule.terms().overlap(),
                schedule.history().isBusy(),
                isPaused ? null : times.waiting(),
                List.of(new Waiting(now, FireCause.RUN_NOW)));
        Waiting waiting = outcomes.waiting();
        if (isPaused && waiting != null) {
            throw paused(schedule, "its last job has not ended");
        }
        List<Shot> shots = outcomes.fires().stream()
                .map(fire -> isPaused ? maker.shotOfAnyVersion(schedule, fire) : maker.shot(schedule, fire, 0))
                .toList();
        Instant nextAt = FirePlan.nextAt(schedule, times.dueAt(), waiting, now);
        Firing firing = new Firing(
                schedule.name(), isPaused ? 0 : schedule.version(), shots, times.dueAt(), nextAt, waiting, 0);
        Mono<?> cancelled = outcomes.cancels()
                ? cancel.apply(
                        new JobId(Objects.requireNonNull(schedule.history().lastJob())))
                : Mono.empty();
        return cancelled
                .then(Mono.defer(() -> asked(schedule, firing, now)))
                .delayUntil(fire -> waiting == null ? Mono.empty() : wakeEngines(schedule));
    }

    /** An engine that has the function finds it waiting. */
    private Mono<FireSnapshot> leave(StoredSchedule schedule, Instant now) {
        Times times = schedule.times();
        if (times.pause() != null) {
            throw paused(schedule, "its jobs are made by a function that this process does not have");
        }
        if (times.waiting() != null) {
            throw new InvalidScheduleException(
                    schedule.name(), "runNow", "a fire of " + times.waiting().at() + " waits already. Wait for it");
        }
        Waiting waiting = new Waiting(now, FireCause.RUN_NOW);
        Instant due = FirePlan.nextAt(schedule, times.dueAt(), null, now);
        Instant nextAt = due != null && due.isBefore(now) ? due : now;
        Shot shot = new Shot(now, FireCause.RUN_NOW, FireOutcome.WAITING, 0, null, null);
        return asked(
                        schedule,
                        new Firing(
                                schedule.name(), schedule.version(), List.of(shot), times.dueAt(), nextAt, waiting, 0),
                        now)
                .delayUntil(fire -> wakeEngines(schedule));
    }

    /** Who asked is told of the fire even if this fails: engines look for themselves once a minute. */
    private Mono<Void> wakeEngines(StoredSchedule schedule) {
        return changes.announce(schedule.name()).onErrorComplete();
    }

    private Mono<FireSnapshot> asked(StoredSchedule schedule, Firing firing, Instant now) {
        return flush.fireOne(new FirePlan(schedule, firing, new FirePlan.Read(now, 0), false))
                .map(fired -> snapshot(firing, fired, now));
    }

    private static FireSnapshot snapshot(Firing firing, Fired fired, Instant now) {
        Shot shot = firing.shots().get(firing.shots().size() - 1);
        @Nullable JobId job = fired.jobs().get(now);
        return new FireSnapshot(
                firing.name(),
                now,
                now,
                FireCause.RUN_NOW,
                shot.outcome(),
                0,
                job,
                job == null ? null : JobState.PENDING,
                shot.problem());
    }

    private static InvalidScheduleException paused(StoredSchedule schedule, String why) {
        return new InvalidScheduleException(
                schedule.name(), "runNow", "the schedule is paused, and " + why + ". Resume it first");
    }
}
