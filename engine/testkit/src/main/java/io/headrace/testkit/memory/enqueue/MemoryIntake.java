package io.headrace.testkit.memory.enqueue;

import io.headrace.Enqueued;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobIntake;
import io.headrace.testkit.memory.lease.MemoryLeases;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Steps;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Takes new jobs. */
public final class MemoryIntake implements JobIntake {

    private final Steps steps;
    private final Contents contents;
    private final MemoryLeases leases;
    private final MemoryEnqueues enqueues;

    public MemoryIntake(Steps steps, Contents contents, MemoryEnqueues enqueues, MemoryLeases leases) {
        this.enqueues = enqueues;
        this.steps = steps;
        this.contents = contents;
        this.leases = leases;
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return steps.step(by, now -> enqueues.run(jobs, now));
    }

    /**
     * Checks JSON that is to be enqueued later.
     *
     * @throws io.headrace.InvalidJobException if the text cannot be stored
     */
    public static void requireStorable(String field, String json) {
        StorableJson.check(field, json);
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return steps.step(request.worker(), now -> {
            request.requireTakes(jobs);
            boolean olderIsDue = isOneDue(request, now);
            List<Enqueued> answers = enqueues.run(jobs, now);
            List<ClaimedJob> claimed =
                    olderIsDue ? List.of() : leases.claim(request, now).jobs();
            return new EnqueuedClaim(answers, claimed);
        });
    }

    private boolean isOneDue(ClaimRequest request, Instant now) {
        return contents.places().pendingIn(request.queue()).stream()
                .anyMatch(job -> job.isDue(now)
                        && request.kinds().containsKey(job.content().kind()));
    }
}
