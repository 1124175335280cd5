package io.headrace.testkit.memory.step;

import io.headrace.spi.JobSteps;
import io.headrace.spi.NewCursor;
import io.headrace.spi.NewStep;
import io.headrace.spi.StepStore;
import io.headrace.spi.StoredCursor;
import io.headrace.spi.StoredStep;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.JobRecord;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Remembers what steps of jobs returned. */
public final class MemorySteps implements StepStore {

    private final Steps steps;
    private final Contents contents;
    private final Set<String> open = new HashSet<>();

    public MemorySteps(Steps steps, Contents contents) {
        this.steps = steps;
        this.contents = contents;
    }

    @Override
    public Mono<List<NewStep>> record(long worker, List<NewStep> ran) {
        return steps.step(
                now -> ran.stream().filter(step -> !recorded(worker, step, now)).toList());
    }

    @Override
    public Mono<List<NewCursor>> move(long worker, List<NewCursor> cursors) {
        return steps.step(now ->
                cursors.stream().filter(cursor -> !moved(worker, cursor, now)).toList());
    }

    @Override
    public Mono<List<JobSteps>> read(List<Long> jobs) {
        return steps.step(now -> jobs.stream().map(this::read).toList());
    }

    @Override
    public Mono<List<Boolean>> areOpen(List<String> transactions) {
        return steps.step(now -> transactions.stream().map(open::contains).toList());
    }

    /** A transaction records a step. Guarded by the store's lock. */
    public void begun(String transaction) {
        open.add(transaction);
    }

    /** A transaction has ended. Guarded by the store's lock. */
    public void ended(String transaction) {
        open.remove(transaction);
    }

    /** Whether a step is on record. Guarded by the store's lock. */
    public boolean has(NewStep step) {
        return read(step.job()).steps().stream().anyMatch(other -> other.name().equals(step.name()));
    }

    private JobSteps read(long job) {
        JobRecord record = contents.places().records().get(job);
        return record == null ? JobSteps.none(job) : record.steps(job);
    }

    /** Records a step as a part of another step; answers whether it came in time. */
    public boolean recorded(long worker, NewStep step, Instant now) {
        StoredJob job = held(worker, step.lease(), step.job());
        if (job == null) {
            return false;
        }
        recordOf(job)
                .add(new StoredStep(
                        step.name(),
                        job.attempt(),
                        now,
                        Duration.ofMillis(step.took().toMillis()),
                        step.value()));
        return true;
    }

    private boolean moved(long worker, NewCursor cursor, Instant now) {
        StoredJob job = held(worker, cursor.lease(), cursor.job());
        if (job == null) {
            return false;
        }
        recordOf(job).move(new StoredCursor(cursor.nr(), job.attempt(), now, cursor.value()));
        return true;
    }

    private JobRecord recordOf(StoredJob job) {
        return contents.places().records().computeIfAbsent(job.id(), id -> new JobRecord());
    }

    /** A job, if it is in a lease of a worker. */
    private @Nullable StoredJob held(long worker, long id, long job) {
        Lease lease = contents.places().leases().get(id);
        return lease == null || lease.worker() != worker ? null : lease.jobs().get(job);
    }
}
