package io.headrace.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for workers: which exist, which are alive, and what happens to the leases of those that are not.
 * {@link JobStore} documents what applies to every call.
 */
public interface WorkerRegistry {

    /**
     * Registers a worker. It is alive until its expiry passes without a heartbeat. Its start stays on record, and so does
     * its end, see {@link JobMonitor#marks}.
     *
     * @return its id: random, positive, and practically never drawn twice, not even by a store that was restored from a
     *     dump
     */
    Mono<Long> register(NewWorker worker);

    /** Registers a worker of which no version, kinds or slots are known, see {@link #register(NewWorker)}. */
    default Mono<Long> register(String name, Set<String> queues, Duration expiry, boolean wasAway) {
        return register(new NewWorker(name, null, queues, null, Map.of(), expiry, wasAway));
    }

    /**
     * Keeps a worker alive for another expiry. Leases that it has had for longer than the expiry and does not name go
     * back to pending, uncharged: the answer to the claim that granted them was lost. Cancelled jobs of its leases are
     * listed in each reply until the worker confirms them.
     *
     * <p>If the request asks for it, the reply reports when {@link #sweep} will have something to do. An engine then sweeps only
     * if there is a reason.
     */
    Mono<HeartbeatReply> heartbeat(HeartbeatRequest request);

    /** Removes a worker. The jobs of leases that it still has go back to pending, uncharged. */
    Mono<Void> unregister(long worker);

    /**
     * Records that a worker is idle on queues. Once this completes, jobs enqueued to these queues are announced by
     * {@link JobStore#wakeUps()}. The worker then claims once more, and waits.
     */
    Mono<Void> markIdle(long worker, Set<String> queues);

    /**
     * Returns the jobs of expired leases to their queues, on behalf of a worker. A lease has expired if its worker is
     * silent or unknown, or if its deadline has passed. Silence and deadlines count only while the sweeping worker was
     * heard without a gap: from its first heartbeat after an outage, every other worker has its full expiry to be heard
     * again. A worker that has just registered assumes that the store was reachable, unless a live worker knows better.
     * On behalf of a worker that is unknown or has expired, nobody is silent.
     *
     * <p>Also releases unique keys that outlasted their jobs and are kept no more, and reports whether a bulk operation has
     * lost its process.
     *
     * <p>Jobs that are not strongly suspected go back uncharged, under more suspicion than before. A strongly suspected
     * job is charged an attempt, and becomes a tombstone if that was its last. Concurrent sweeps share the work.
     *
     * @param worker the sweeping worker
     */
    Mono<SweepReport> sweep(long worker);
}
