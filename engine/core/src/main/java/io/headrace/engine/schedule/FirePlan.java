package io.headrace.engine.schedule;

import io.headrace.schedule.FireCause;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this engine is about to do with a schedule that is due.
 *
 * @param schedule the schedule as it was read
 * @param firing what the store is asked to do
 * @param read when it was read
 * @param cancels whether the job of its last fire is cancelled first
 */
record FirePlan(StoredSchedule schedule, Firing firing, Read read, boolean cancels) {

    /** How often the end of a job is looked for that a fire waits for. */
    static final Duration CHECK_WAITING = Duration.ofSeconds(1);

    /**
     * A moment on two clocks.
     *
     * @param at by the store's
     * @param nanos by that of this process, which only tells how long ago it was
     */
    record Read(Instant at, long nanos) {

        /** What time it is by the store's clock. */
        Instant now(long nowNanos) {
            return at.plusNanos(nowNanos - nanos);
        }
    }

    /** @param now when it fires, by the store's clock */
    static FirePlan of(StoredSchedule schedule, Instant now, Timetables timetables, ShotMaker maker, Read read) {
        DueInstants due = DueInstants.of(schedule, timetables.of(schedule), now);
        List<Waiting> fires = due.instants().stream()
                .map(at -> new Waiting(at, FireCause.DUE))
                .toList();
        Outcomes outcomes = Outcomes.of(
                schedule.terms().overlap(),
                schedule.history().isBusy(),
                schedule.times().waiting(),
                fires);
        List<Shot> shots = new ArrayList<>(outcomes.fires().size());
        for (Outcomes.Decided fire : outcomes.fires()) {
            // With the first that is new; one that has waited is on record with what was passed over before it.
            boolean isFirst = !fires.isEmpty() && fire.at().equals(fires.get(0).at());
            shots.add(maker.shot(schedule, fire, isFirst ? due.passedOver() : 0));
        }
        return new FirePlan(
                schedule,
                new Firing(
                        schedule.name(),
                        schedule.version(),
                        shots,
                        due.next(),
                        notBefore(now, nextAt(schedule, due.next(), outcomes.waiting(), now)),
                        outcomes.waiting(),
                        due.passedOver()),
                read,
                outcomes.cancels());
    }

    /** What is left for the next look is late, and not missed: that look is due now. */
    private static @Nullable Instant notBefore(Instant now, @Nullable Instant nextAt) {
        return nextAt != null && nextAt.isBefore(now) ? now : nextAt;
    }

    /** When a schedule that is not paused is to be looked at. */
    static @Nullable Instant nextAt(
            StoredSchedule schedule, @Nullable Instant dueAt, @Nullable Waiting waiting, Instant now) {
        Instant next = dueAt == null ? null : Timetables.withJitter(schedule, dueAt);
        Instant check = waiting == null ? null : now.plus(CHECK_WAITING);
        return next == null || (check != null && check.isBefore(next)) ? check : next;
    }

    /** The same with all of its jobs failed: the store refuses one of them. */
    FirePlan refused(Throwable error) {
        List<Shot> failed = firing.shots().stream()
                .map(shot ->
                        shot.job() == null ? shot : ShotMaker.failed(shot.at(), shot.cause(), shot.passedOver(), error))
                .toList();
        return new FirePlan(schedule, firing.withShots(failed), read, cancels);
    }
}
