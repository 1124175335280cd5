package io.headrace.spi;

import java.time.Duration;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Which workers there are, which of them are alive, and what becomes of the leases of those that are not. What holds for every
 * call stands at {@link JobStore}.
 */
public interface WorkerRegistry {

    /**
     * Makes a worker known, alive until its expiry has passed without a heartbeat.
     *
     * @param name for people to read
     * @param wasAway as in {@link HeartbeatRequest}, for one that registers again; a process that has just started does not know
     * @return its id: random, positive, and as good as never drawn twice, not even by a store that was restored from a dump
     */
    Mono<Long> register(String name, Set<String> queues, Duration expiry, boolean wasAway);

    /**
     * Keeps a worker alive for another expiry. Leases that it has had for longer than that and does not name go back to
     * pending, uncharged: the answer to the claim that granted them was lost on its way. Jobs of its leases that were cancelled
     * are named in each reply until the worker says that it has heeded them.
     */
    Mono<HeartbeatReply> heartbeat(HeartbeatRequest request);

    /** Forgets a worker. Leases that it still has go back to pending, uncharged. */
    Mono<Void> unregister(long worker);

    /**
     * Notes that a worker has nothing to do on a queue, so that from the moment this completes a job enqueued there is
     * announced by {@link JobStore#wakeUps()}. The worker claims once more afterwards, then waits.
     */
    Mono<Void> markWaiting(long worker, String queue);

    /**
     * Puts the jobs of expired leases (of a worker that is silent, unknown, or past the lease's deadline) back, on behalf of a
     * worker. Silence and deadlines count only while that worker was heard without a gap: from its first heartbeat after an outage
     * on, every other worker has its own expiry to be heard again. A worker that has just registered takes the store to have been
     * within reach, unless a live worker knows better. On behalf of one that is unknown or has expired, nobody is silent.
     *
     * <p>A lease
     * of jobs that are less than strongly suspected goes back uncharged, each job more suspected than before; one of a job
     * strongly suspected is charged, and the job ends as a tombstone if that was its last attempt. Two sweeps at once share
     * the work.
     *
     * @param worker who sweeps
     */
    Mono<SweepReport> sweep(long worker);
}
