package io.headrace.spi;

import io.headrace.Enqueued;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where jobs live. What an implementation must do is written down as tests: the contract suites of {@code
 * headrace-testkit}.
 *
 * <p>Every {@code Mono} is cold and does its work once for each subscription; errors are {@link
 * io.headrace.StoreException}s and leave nothing half done. Cancelling does not interrupt work that is on its way. Time is
 * the store's own: no caller's clock decides anything. Safe to use from many threads; signals may arrive on any thread
 * that may not be blocked.
 */
public interface JobStore {

    /**
     * Adds jobs, all or none. Of several with one kind and unique key the first is new, unless a live job or a failed
     * tombstone has the key already; the others are answered with its id.
     *
     * @param jobs any number
     * @param by the worker in whose process the jobs come from, which needs no wake-up; 0 if there is none
     * @return the answers in the order of the jobs; errors with an {@link io.headrace.InvalidJobException} if a job's data
     *     is refused; with a {@link io.headrace.UniqueKeyBusyException}, after a moment, if somebody's transaction that has yet
     *     to end decides who has a key
     */
    Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by);

    /**
     * Adds jobs and leases them in the same step, unless a job of the kinds asked for is due in the queue already, the queue is
     * paused, or the worker would get nothing: then they are pending, as after {@link #enqueue}. What is leased is on disk with
     * its lease, and costs neither a wake-up nor a claim.
     *
     * @param jobs of the request's queue and kinds, due at once, without unique keys, and no more than its limit
     * @param request for jobs that nobody suspects, of the worker in whose process the jobs come
     * @return errors as {@link #enqueue} does; with an {@link IllegalArgumentException} if the jobs are not such
     */
    Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request);

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
     * announced by {@link #wakeUps()}. The worker claims once more afterwards, then waits.
     */
    Mono<Void> markWaiting(long worker, String queue);

    /**
     * Leases jobs that are due, first by priority, then by when they were due; no two callers ever lease the same. A
     * worker that is not known, or has expired, gets none; one that has a strongly suspected job gets no other such.
     * Payloads come with the jobs only if they are short, a few thousand bytes at most.
     */
    Mono<Claim> claim(ClaimRequest request);

    /**
     * Reads payloads that claims withheld. One that cannot be given, because the store fails over it whoever asks, does not
     * keep the others from being read.
     *
     * @return in any order, for those jobs that there are
     */
    Mono<List<Payload>> payloads(List<PayloadRequest> requests);

    /**
     * Records outcomes, each only if its job is still in the lease it names, held by this worker.
     *
     * @return the settlements that came too late and changed nothing
     */
    Mono<List<Settlement>> settle(long worker, List<Settlement> settlements);

    /**
     * Keeps what jobs say of their progress, each only if its job is still in the lease it names, held by this worker. A later
     * note of the same job takes the place of an earlier one. What was noted is shown by {@link JobInspector#look} for as long
     * as the job is in that lease, and need not survive a crash of the store.
     *
     * @param notes at most one for each job and lease
     */
    Mono<Void> note(long worker, List<ProgressNote> notes);

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

    /**
     * Announces queues that may have a job due: at once for jobs enqueued where a worker waits, and every queue (as an
     * empty text) after each time the connection was made. Never ends and never errors while subscribed; cancelling
     * releases the connection. Announcements may be lost or come for nothing.
     */
    Flux<String> wakeUps();

    /** Reads for people. */
    JobInspector inspector();

    /** What people decide. */
    JobDecisions decisions();
}
