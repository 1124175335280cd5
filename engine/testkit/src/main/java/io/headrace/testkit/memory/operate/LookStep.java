package io.headrace.testkit.memory.operate;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.QueueSnapshot;
import io.headrace.WorkerSnapshot;
import io.headrace.spi.WorkerId;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Shows how things stand, and changes nothing. Guarded by the store's lock. */
final class LookStep {

    private final JobPlaces places;
    private final Map<Long, Worker> workers;
    private final Instant now;

    LookStep(JobPlaces places, Map<Long, Worker> workers, Instant now) {
        this.places = places;
        this.workers = workers;
        this.now = now;
    }

    List<JobUpdate> at(Collection<JobId> ids) {
        return ids.stream()
                .map(places::find)
                .filter(Objects::nonNull)
                .map(this::update)
                .toList();
    }

    private JobUpdate update(StoredJob job) {
        JobState state = job.state();
        boolean runs = state == JobState.LEASED;
        return new JobUpdate(
                new JobId(job.id()),
                state,
                job.attempt(),
                state == JobState.PENDING ? job.runAt() : null,
                places.progress().get(job.id()),
                runs || state == JobState.COMPLETED ? null : job.lastFailureIfAny());
    }

    /** @param paused the queues that are */
    List<QueueSnapshot> queues(Set<String> paused) {
        Set<String> names = new TreeSet<>(paused);
        places.jobs().values().stream()
                .filter(job -> job.state().isLive() || isFailed(job))
                .forEach(job -> names.add(job.content().queue()));
        workers.values().stream()
                .filter(worker -> !worker.isSilent(now))
                .forEach(worker -> names.addAll(worker.queues()));
        return names.stream().map(name -> queue(name, paused.contains(name))).toList();
    }

    private QueueSnapshot queue(String name, boolean paused) {
        return new QueueSnapshot(
                name,
                paused,
                count(name, job -> job.state() == JobState.PENDING && job.isDue(now)),
                count(name, job -> job.state() == JobState.PENDING && !job.isDue(now)),
                count(name, job -> job.state() == JobState.LEASED),
                count(name, this::isFailed),
                places.pendingIn(name).stream()
                        .filter(job -> job.isDue(now))
                        .map(job -> Duration.between(job.runAt(), now))
                        .max(Duration::compareTo)
                        .orElse(null),
                (int) workers.values().stream()
                        .filter(worker ->
                                !worker.isSilent(now) && worker.queues().contains(name))
                        .count());
    }

    private boolean isFailed(StoredJob job) {
        return job.state() == JobState.FAILED && places.tombstones().contains(job.id());
    }

    private long count(String queue, Predicate<StoredJob> which) {
        return places.jobs().values().stream()
                .filter(job -> job.content().queue().equals(queue))
                .filter(which)
                .count();
    }

    List<WorkerSnapshot> workers() {
        return workers.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Long, Worker>, Instant>comparing(
                                worker -> worker.getValue().startedAt())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(worker -> snapshot(worker.getKey(), worker.getValue()))
                .toList();
    }

    private WorkerSnapshot snapshot(long id, Worker worker) {
        List<Lease> leases = places.currentLeases().stream()
                .filter(lease -> lease.worker() == id)
                .toList();
        return new WorkerSnapshot(
                new WorkerId(id).toString(),
                worker.name(),
                worker.version(),
                worker.queues(),
                worker.kinds(),
                worker.slots(),
                worker.startedAt(),
                worker.heardAt(),
                Duration.between(now, worker.expiresAt()),
                leases.size(),
                leases.stream().mapToLong(lease -> lease.jobs().size()).sum());
    }
}
