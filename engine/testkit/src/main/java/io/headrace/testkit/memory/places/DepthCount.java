package io.headrace.testkit.memory.places;

import io.headrace.JobState;
import io.headrace.spi.QueueDepth;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what each queue holds. Guarded by the store's lock. */
public final class DepthCount {

    private DepthCount() {}

    public static List<QueueDepth> of(JobPlaces places, Instant now) {
        Map<String, List<StoredJob>> queues = places.jobs().values().stream()
                .filter(job -> job.state() == JobState.PENDING
                        || job.state() == JobState.LEASED
                        || (job.state() == JobState.FAILED && !places.pruned().contains(job.id())))
                .collect(Collectors.groupingBy(job -> job.content().queue(), TreeMap::new, Collectors.toList()));
        return queues.entrySet().stream()
                .map(queue -> depth(queue.getKey(), queue.getValue(), now))
                .toList();
    }

    private static QueueDepth depth(String queue, List<StoredJob> jobs, Instant now) {
        List<StoredJob> pending =
                jobs.stream().filter(job -> job.state() == JobState.PENDING).toList();
        List<StoredJob> due = pending.stream().filter(job -> job.isDue(now)).toList();
        Duration oldest = due.stream()
                .map(job -> Duration.between(job.runAt(), now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new QueueDepth(
                queue,
                due.size(),
                pending.size() - due.size(),
                oldest,
                count(jobs, JobState.LEASED),
                count(jobs, JobState.FAILED),
                false);
    }

    private static long count(List<StoredJob> jobs, JobState state) {
        return jobs.stream().filter(job -> job.state() == state).count();
    }
}
