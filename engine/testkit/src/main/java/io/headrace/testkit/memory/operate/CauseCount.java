package io.headrace.testkit.memory.operate;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.FailureCause;
import io.headrace.spi.JobInspector;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Counts failed tombstones by the fingerprint of their last failure. Guarded by the store's lock. */
final class CauseCount {

    private CauseCount() {}

    static List<FailureCause> of(JobPlaces places) {
        Map<String, List<StoredJob>> byFingerprint = places.tombstones().stream()
                .sorted()
                .map(id -> Objects.requireNonNull(places.jobs().get(id)))
                .filter(job -> job.state() == JobState.FAILED)
                .collect(Collectors.groupingBy(
                        job -> Objects.requireNonNull(job.lastFailure().fingerprint())));
        return byFingerprint.values().stream()
                .map(CauseCount::cause)
                .sorted(Comparator.comparing(FailureCause::lastSeen).reversed())
                .limit(JobInspector.MOST_CAUSES)
                .toList();
    }

    /** @param jobs ordered by their ids */
    private static FailureCause cause(List<StoredJob> jobs) {
        StoredJob latest = jobs.get(jobs.size() - 1);
        AttemptFailure failure = latest.lastFailure();
        List<Instant> failedAt = jobs.stream().map(StoredJob::lastFailedAt).toList();
        return new FailureCause(
                Objects.requireNonNull(failure.fingerprint()),
                failure.errorType(),
                latest.lastFrame(),
                failure.message(),
                jobs.size(),
                false,
                jobs.stream().map(job -> job.content().kind()).collect(Collectors.toSet()),
                jobs.stream().map(job -> job.content().queue()).collect(Collectors.toSet()),
                Collections.min(failedAt),
                Collections.max(failedAt),
                failure.engineVersion(),
                new JobId(latest.id()));
    }
}
