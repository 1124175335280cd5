package io.headrace.testkit.memory.upkeep;

import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.NewWorker;
import io.headrace.spi.SweepReport;
import io.headrace.spi.WorkerRegistry;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Lease;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.Worker;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Knows who works on the store, and takes the leases of those who do no more. */
public final class MemoryWorkers implements WorkerRegistry {

    private final Steps steps;
    private final Contents contents;

    public MemoryWorkers(Steps steps, Contents contents) {
        this.steps = steps;
        this.contents = contents;
    }

    @Override
    public Mono<Long> register(NewWorker worker) {
        return steps.step(now -> {
            // Whoever lives knows whether the store was within reach; a process that has just started does not.
            Instant heardSince = worker.wasAway() ? now : contents.workers().heardSince(now);
            return contents.workers().add(new Worker(worker, now, heardSince));
        });
    }

    @Override
    public Mono<HeartbeatReply> heartbeat(HeartbeatRequest request) {
        return steps.step(now -> heartbeat(request, contents.workers().find(request.worker()), now));
    }

    private HeartbeatReply heartbeat(HeartbeatRequest request, @Nullable Worker worker, Instant now) {
        if (worker != null) {
            worker.beat(now, request);
            Instant longAgo = now.minus(request.expiry());
            handBack(
                    request.worker(),
                    lease -> !request.leases().contains(lease.id())
                            && lease.leasedAt().isBefore(longAgo),
                    now);
        }
        Set<Long> lost = new HashSet<>(request.leases());
        lost.removeIf(id -> isHeld(id, request.worker()));
        return new HeartbeatReply(
                worker != null,
                lost,
                worker == null ? Set.of() : Set.copyOf(worker.cancelled()),
                request.asksForSweep() ? new NextExpiry(contents, request.worker()).in(now) : null);
    }

    @Override
    public Mono<Void> unregister(long worker) {
        return steps.run(now -> {
            contents.workers().remove(worker, now);
            handBack(worker, lease -> true, now);
        });
    }

    @Override
    public Mono<Void> markIdle(long worker, Set<String> queues) {
        return steps.run(now -> {
            Worker known = contents.workers().find(worker);
            if (known != null) {
                queues.forEach(known::waitOn);
            }
        });
    }

    @Override
    public Mono<SweepReport> sweep(long worker) {
        return steps.step(now -> {
            SweepReport swept = new SweepStep(contents.places(), contents.workers(), worker, now).run();
            boolean hasOrphans = contents.operations().values().stream().anyMatch(each -> each.isOrphaned(now));
            return new SweepReport(swept.workers(), swept.leases(), swept.returned(), swept.buried(), hasOrphans);
        });
    }

    private boolean isHeld(long lease, long worker) {
        Lease held = contents.places().leases().get(lease);
        return held != null && held.worker() == worker;
    }

    /** Puts the jobs of a worker's leases back in their old place, uncharged. */
    private void handBack(long worker, Predicate<Lease> which, Instant now) {
        contents.places().currentLeases().stream()
                .filter(lease -> lease.worker() == worker && !lease.isInTransaction())
                .filter(which)
                .forEach(lease -> handBack(lease, now));
    }

    private void handBack(Lease lease, Instant now) {
        for (StoredJob job : List.copyOf(lease.jobs().values())) {
            job.uncharge();
            contents.places().putBack(lease, job, job.runAt(), now);
        }
    }
}
