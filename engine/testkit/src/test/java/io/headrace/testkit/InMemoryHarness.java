package io.headrace.testkit;

import io.headrace.AuditReport.What;
import io.headrace.JobId;
import io.headrace.spi.JobStore;
import io.headrace.testkit.contract.StoreHarness;
import io.headrace.testkit.memory.places.JobPlaces;
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
            case WRONG_SIZE -> throw new UnsupportedOperationException("sets in memory record no size");
            case SCHEDULE_STOPPED, FIRED_TWICE, FIRE_WITHOUT_JOB, WAITING_LOST ->
                throw new IllegalArgumentException(what + " is about no job");
        }
    }

    @Override
    public void close() {}
}
