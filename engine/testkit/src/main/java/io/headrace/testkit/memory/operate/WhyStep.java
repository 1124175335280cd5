package io.headrace.testkit.memory.operate;

import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobReason;
import io.headrace.JobState;
import io.headrace.spi.EnginesOnQueue;
import io.headrace.spi.WaitingJob;
import io.headrace.spi.WorkerId;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.Signals;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.Worker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Explains why a job is not running. Guarded by the store's lock. */
final class WhyStep {

    private final Contents contents;
    private final Instant now;

    WhyStep(Contents contents, Instant now) {
        this.contents = contents;
        this.now = now;
    }

    JobExplanation explain(JobId id) {
        StoredJob job = contents.places().jobs().get(id.value());
        if (job == null) {
            return JobExplanation.of(id, new JobReason.Unknown());
        }
        return job.state() == JobState.PENDING ? explainWait(id, job) : JobExplanation.of(id, reason(job));
    }

    private JobReason reason(StoredJob job) {
        return switch (job.state()) {
            case PENDING -> throw new IllegalArgumentException("it waits");
            case LEASED -> leased(job);
            case COMPLETED -> new JobReason.Completed();
            case FAILED, CANCELLED, DISCARDED ->
                contents.places().pruned().contains(job.id())
                        ? new JobReason.Pruned(job.state())
                        : new JobReason.Ended(
                                job.state(),
                                job.lastFailedAt(),
                                job.attempt(),
                                job.lastFailure().withoutTrace());
        };
    }

    private JobReason leased(StoredJob job) {
        Lease lease = contents.places().leaseOf(job);
        Worker worker = contents.workers().find(lease.worker());
        return new JobReason.Leased(
                new WorkerId(lease.worker()).toString(),
                worker == null ? null : worker.name(),
                lease.leasedAt(),
                lease.deadline(),
                job.attempt(),
                worker == null || worker.isSilent(now));
    }

    private JobExplanation explainWait(JobId id, StoredJob job) {
        String queue = job.content().queue();
        String kind = job.content().kind();
        return new WaitingJob(
                        queue,
                        kind,
                        job.attempt(),
                        job.runAt(),
                        job.isDue(now),
                        job.suspicion(),
                        job.lastFailureIfAny(),
                        awaits(job))
                .explain(id, contents.paused().get(queue), engines(queue, kind));
    }

    private @Nullable String awaits(StoredJob job) {
        Signals.Wait wait = contents.places().signals().openWait(job);
        return wait == null ? null : wait.key();
    }

    private EnginesOnQueue engines(String queue, String kind) {
        int live = 0;
        int able = 0;
        int full = 0;
        long leased = 0;
        long slots = 0;
        for (Map.Entry<Long, Worker> each : contents.workers().byId().entrySet()) {
            Worker worker = each.getValue();
            if (worker.isSilent(now) || !(worker.queues().contains(queue) || worker.isWaitingOn(queue))) {
                continue;
            }
            live++;
            List<StoredJob> held = held(each.getKey(), queue);
            if (worker.mayHandle(kind)
                    || held.stream().anyMatch(job -> job.content().kind().equals(kind))) {
                Integer room = worker.slots(queue);
                able++;
                full += room != null && held.size() >= room ? 1 : 0;
                leased += held.size();
                slots += room == null ? 0 : room;
            }
        }
        return new EnginesOnQueue(live, able, full, leased, slots);
    }

    private List<StoredJob> held(long worker, String queue) {
        return contents.places().leases().values().stream()
                .filter(lease -> lease.worker() == worker)
                .flatMap(lease -> lease.jobs().values().stream())
                .filter(job -> job.content().queue().equals(queue))
                .toList();
    }
}
