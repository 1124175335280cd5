package io.headrace.testkit;

import io.headrace.AuditReport.What;
import io.headrace.JobId;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewSignal;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.testkit.contract.HarnessTransaction;
import io.headrace.testkit.contract.StoreHarness;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Schedules;
import io.headrace.testkit.memory.places.Signals;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Duration;
import java.util.Objects;

/** The in-memory store on a manual clock. */
final class InMemoryHarness implements StoreHarness {

    private final ManualClock clock = ManualClock.create();
    private final InMemoryJobStore store = InMemoryJobStore.create(clock);

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public void passTime(Duration passed) {
        clock.advance(passed);
    }

    @Override
    public void damage(What what, JobId id) {
        JobPlaces places = store.places();
        StoredJob job = Objects.requireNonNull(places.jobs().get(id.value()));
        switch (what) {
            case NOWHERE -> places.pendingIn(job.content().queue()).remove(job);
            case TWICE -> places.completed().put(job.id(), clock.instant());
            case WITHOUT_JOB -> places.jobs().remove(job.id());
            case KEY_NOT_RELEASED -> places.keys().take(Objects.requireNonNull(job.uniqueKey()), job.id(), null);
            case KEY_LOST -> places.keys().remove(Objects.requireNonNull(job.uniqueKey()));
            case SIGNAL_MISSED -> {
                String key =
                        Objects.requireNonNull(places.signals().openWait(job)).key();
                places.signals().sent().put(key, new Signals.Sent(new NewSignal(key, null, null), clock.instant()));
            }
            case RESULT_TOO_EARLY -> job.keepResult("1");
            case WAITER_LEFT -> places.waiters().add(job.id(), 7, clock.instant());
            case WRONG_SIZE -> throw new UnsupportedOperationException("sets in memory record no size");
            case MALFORMED -> throw new UnsupportedOperationException("there are no rows in memory");
            case STEP_TWICE -> throw new UnsupportedOperationException("steps in memory have one value each");
            case TRACE_GONE -> throw new UnsupportedOperationException("traces in memory are not stored apart");
            case SCHEDULE_STOPPED, FIRED_TWICE, FIRE_WITHOUT_JOB, WAITING_LOST ->
                throw new IllegalArgumentException(what + " is about no job");
        }
    }

    @Override
    public void damage(What what, String name) {
        Schedules schedules = store.scheduled();
        StoredSchedule schedule = Objects.requireNonNull(schedules.find(name));
        Times times = schedule.times();
        switch (what) {
            case SCHEDULE_STOPPED ->
                schedules.keep(schedule.withTimes(new Times(times.pause(), times.dueAt(), null, times.waiting())));
            case FIRE_WITHOUT_JOB -> {
                StoredJob job = Objects.requireNonNull(
                        schedules.fires().of(name).iterator().next().job());
                store.places().pendingIn(job.content().queue()).remove(job);
                store.places().jobs().remove(job.id());
            }
            case WAITING_LOST ->
                schedules
                        .fires()
                        .remove(name, Objects.requireNonNull(times.waiting()).at());
            default -> throw new IllegalArgumentException(what + " is about no schedule, or cannot be in memory");
        }
    }

    @Override
    public HarnessTransaction begin() {
        InMemoryTransaction begun = store.begin();
        return new HarnessTransaction() {
            @Override
            public JobTransaction transaction() {
                return begun;
            }

            @Override
            public void commit() {
                begun.commit().block();
            }

            @Override
            public void rollback() {
                begun.rollback().block();
            }
        };
    }

    @Override
    public void close() {}
}
