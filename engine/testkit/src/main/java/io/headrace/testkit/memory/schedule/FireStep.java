package io.headrace.testkit.memory.schedule;

import io.headrace.Enqueued;
import io.headrace.InvalidJobException;
import io.headrace.JobId;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import io.headrace.testkit.memory.enqueue.MemoryEnqueues;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Fires;
import io.headrace.testkit.memory.places.Schedules;
import io.headrace.testkit.memory.places.StoredFire;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fires schedules: first enqueues the jobs of all, which may be refused, then records. Guarded by the store's lock. */
final class FireStep {

    private final Contents contents;
    private final Schedules schedules;
    private final Fires fires;
    private final MemoryEnqueues enqueues;
    private final Instant now;

    FireStep(Contents contents, MemoryEnqueues enqueues, Instant now) {
        this.contents = contents;
        this.schedules = contents.schedules();
        this.fires = schedules.fires();
        this.enqueues = enqueues;
        this.now = now;
    }

    List<Fired> run(List<Firing> firings) {
        List<Taking> takings = firings.stream()
                .filter(this::takesPlace)
                .map(firing -> new Taking(firing, shotsOf(firing)))
                .toList();
        Iterator<Enqueued> jobs = enqueue(takings).iterator();
        return takings.stream().map(taking -> record(taking, jobs)).toList();
    }

    private boolean takesPlace(Firing firing) {
        StoredSchedule schedule = schedules.find(firing.name());
        return schedule != null
                && (firing.version() == 0
                        || (firing.version() == schedule.version()
                                && schedule.times().pause() == null));
    }

    /** Those whose instant has no fire on record, or one that waits. */
    private List<Shot> shotsOf(Firing firing) {
        Set<Instant> instants = new HashSet<>();
        return firing.shots().stream()
                .filter(shot -> {
                    StoredFire before = fires.find(firing.name(), shot.at());
                    return (before == null || before.isWaiting()) && instants.add(shot.at());
                })
                .toList();
    }

    private List<Enqueued> enqueue(List<Taking> takings) {
        List<EncodedJob> jobs = new ArrayList<>();
        for (Taking taking : takings) {
            StoredSchedule schedule = stored(taking.firing().name());
            for (Shot shot : taking.shots()) {
                if (shot.job() != null) {
                    jobs.add(encoded(shot.job(), schedule));
                }
            }
        }
        return enqueues.run(jobs, now);
    }

    private static EncodedJob encoded(ShotJob job, StoredSchedule schedule) {
        String payload = job.payload() == null ? schedule.terms().job().payload() : job.payload();
        if (payload == null) {
            throw new InvalidJobException(
                    "payload", "is missing: the jobs of schedule '" + schedule.name() + "' are made");
        }
        return new EncodedJob(
                job.queue(),
                job.kind(),
                job.priority(),
                Duration.ZERO,
                null,
                payload,
                job.headers(),
                job.maxAttempts(),
                job.uniqueKey());
    }

    private Fired record(Taking taking, Iterator<Enqueued> jobs) {
        Firing firing = taking.firing();
        Map<Instant, JobId> enqueued = new HashMap<>();
        Tally tally = new Tally(stored(firing.name()).history(), firing.passedOver());
        for (Shot shot : taking.shots()) {
            JobId id = shot.job() == null ? null : jobs.next().id();
            if (id != null) {
                enqueued.put(shot.at(), id);
            }
            tally.add(shot, id, record(firing.name(), shot, id));
        }
        move(taking, tally);
        return new Fired(firing.name(), taking.instants(), enqueued);
    }

    /** Whether it is new: one that waited is on record already. */
    private boolean record(String schedule, Shot shot, @Nullable JobId id) {
        StoredFire before = fires.find(schedule, shot.at());
        StoredJob job = id == null
                ? null
                : Objects.requireNonNull(contents.places().jobs().get(id.value()));
        fires.record(
                schedule,
                new StoredFire(
                        shot.at(),
                        now,
                        before == null ? shot.cause() : before.cause(),
                        shot.outcome(),
                        before == null ? shot.passedOver() : before.passedOver(),
                        job,
                        shot.problem()));
        return before == null;
    }

    private void move(Taking taking, Tally tally) {
        Firing firing = taking.firing();
        StoredSchedule schedule = Schedules.withHistory(stored(firing.name()), tally.history());
        Times before = schedule.times();
        if (firing.version() == 0) {
            Waiting waiting = waiting(taking, before.waiting(), before.waiting());
            StoredSchedule added =
                    schedule.withTimes(new Times(before.pause(), before.dueAt(), before.nextAt(), waiting));
            if (Objects.equals(waiting, before.waiting())) {
                schedules.keep(added);
            } else {
                schedules.write(added);
            }
        } else {
            Waiting waiting = waiting(taking, before.waiting(), firing.waiting());
            schedules.write(schedule.withTimes(new Times(null, firing.dueAt(), firing.nextAt(), waiting)));
        }
    }

    /** The fire that waits from now on: it was recorded so now, or it was before and nothing came of it. */
    private @Nullable Waiting waiting(Taking taking, @Nullable Waiting before, @Nullable Waiting wanted) {
        Instant waitsOn = before == null || taking.instants().contains(before.at()) ? null : before.at();
        Instant next = wanted == null ? null : wanted.at();
        if (waitsOn != null && !waitsOn.equals(next)) {
            fires.forgo(taking.firing().name(), waitsOn);
        }
        return next != null && (next.equals(waitsOn) || taking.isWaiting(next)) ? wanted : null;
    }

    private StoredSchedule stored(String name) {
        return Objects.requireNonNull(schedules.find(name));
    }

    /** A firing that takes place, with the shots that are recorded. */
    private record Taking(Firing firing, List<Shot> shots) {
        boolean isWaiting(Instant at) {
            return shots.stream()
                    .anyMatch(shot ->
                            shot.outcome() == FireOutcome.WAITING && shot.at().equals(at));
        }

        Set<Instant> instants() {
            Set<Instant> instants = new HashSet<>();
            shots.forEach(shot -> instants.add(shot.at()));
            return instants;
        }
    }
}
