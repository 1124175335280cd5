package io.headrace.testkit.memory.monitor;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Finds the jobs that ended in the last seconds. Guarded by the store's lock. */
final class EndedStep {

    private static final Duration LATELY = Duration.ofSeconds(10);
    private static final Set<JobState> ENDED = Set.of(JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED);

    private final JobPlaces places;
    private final Instant since;

    EndedStep(JobPlaces places, Instant now) {
        this.places = places;
        this.since = now.minus(LATELY);
    }

    List<EndedJob> read(EndedFilter filter) {
        return places.jobs().values().stream()
                .filter(job -> filter.onlyFailed() ? job.state() == JobState.FAILED : ENDED.contains(job.state()))
                .filter(job -> job.isOf(filter.queue(), filter.kind()))
                .map(this::ended)
                .filter(job -> !job.at().isBefore(since))
                .toList();
    }

    private EndedJob ended(StoredJob job) {
        AttemptFailure last = job.state() == JobState.COMPLETED ? null : job.lastFailure();
        Instant completed = places.completed().get(job.id());
        return new EndedJob(
                new JobId(job.id()),
                job.state(),
                job.content().queue(),
                job.content().kind(),
                job.attempt(),
                last != null ? last.at() : completed != null ? completed : Instant.MIN,
                last == null ? null : last.errorType(),
                last == null ? null : last.message());
    }
}
