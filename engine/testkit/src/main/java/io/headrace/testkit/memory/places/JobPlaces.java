package io.headrace.testkit.memory.places;

import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where every job is, and the moves from place to place. A job stands in exactly one of pending, a lease, completed and
 * tombstones; each move takes it out of one and puts it into another. Guarded by the store's lock.
 */
public final class JobPlaces {

    private final Map<Long, StoredJob> jobs = new TreeMap<>();
    private final Map<String, NavigableSet<StoredJob>> pending = new HashMap<>();
    private final Map<Long, Lease> leases = new TreeMap<>();
    private final Map<Long, Instant> completed = new HashMap<>();
    private final Set<Long> tombstones = new HashSet<>();
    private final Set<Long> pruned = new HashSet<>();
    private final Map<QueueAndKind, Long> forgotten = new HashMap<>();
    private final Map<Long, JobProgress> progress = new HashMap<>();
    private final Map<Long, JobRecord> records = new HashMap<>();
    private final UniqueKeys keys = new UniqueKeys();
    private final Throttles throttles = new Throttles();
    private final Debounces debounces = new Debounces();
    private final Signals signals = new Signals();
    private final Waiters waiters = new Waiters();
    private final Map<String, Instant> newlyWaiting = new HashMap<>();
    private long moves;

    public void add(StoredJob job, Instant now) {
        jobs.put(job.id(), job);
        makeWait(job, now);
    }

    public void lease(StoredJob job, Lease lease) {
        job.moveTo(JobState.LEASED);
        pendingIn(job.content().queue()).remove(job);
        leases.putIfAbsent(lease.id(), lease);
        lease.grant(job);
        job.beginAttempt();
    }

    /** Moves a leased job to a lease of its own. */
    public void split(Lease lease, StoredJob job, long otherId, Instant now) {
        leases.put(otherId, lease.apart(otherId, job, now));
    }

    public void putBack(Lease lease, StoredJob job, Instant runAt, Instant now) {
        leave(lease, job, JobState.PENDING);
        job.dueAt(runAt);
        makeWait(job, now);
    }

    public void complete(Lease lease, StoredJob job, Instant now) {
        leave(lease, job, JobState.COMPLETED);
        completed.put(job.id(), now);
    }

    /** Forgets a completed job, save for the count. */
    public void forget(StoredJob job) {
        completed.remove(job.id());
        jobs.remove(job.id());
        records.remove(job.id());
        forgotten.merge(QueueAndKind.of(job), 1L, Long::sum);
    }

    /**
     * Ends a leased job as a tombstone.
     *
     * @param tombstone how it ended
     */
    public void bury(Lease lease, StoredJob job, JobState tombstone) {
        leave(lease, job, tombstone);
        tombstones.add(job.id());
    }

    /** Puts a job in the place of one that waits and has the same id. */
    public void replace(StoredJob waiting, StoredJob job, Instant now) {
        pendingIn(waiting.content().queue()).remove(waiting);
        add(job, now);
    }

    /** Ends a job that waits. */
    public void cancel(StoredJob job) {
        job.moveTo(JobState.CANCELLED);
        pendingIn(job.content().queue()).remove(job);
        tombstones.add(job.id());
    }

    /** Makes a job due that waits for later. */
    public void makeDue(StoredJob job, Instant now) {
        pendingIn(job.content().queue()).remove(job);
        job.dueAt(now);
        makeWait(job, now);
    }

    /** A settlement has ended a job: those who wait for it are told. */
    public void tellOfEnd(StoredJob job, Instant now) {
        if (!job.state().isLive()) {
            waiters.ended(job, job.state() == JobState.COMPLETED, now);
        }
    }

    /** Gives a tombstone another life. */
    public void revive(StoredJob job, Instant now) {
        job.moveTo(JobState.PENDING);
        tombstones.remove(job.id());
        job.beginAnew(now);
        makeWait(job, now);
    }

    /** Forgets everything, as if nothing had ever been here. */
    public void clear() {
        jobs.clear();
        pending.clear();
        leases.clear();
        completed.clear();
        tombstones.clear();
        pruned.clear();
        forgotten.clear();
        progress.clear();
        records.clear();
        keys.clear();
        throttles.clear();
        debounces.clear();
        signals.clear();
        waiters.clear();
        newlyWaiting.clear();
    }

    /** Forgets a tombstone, save that there was one. */
    public void prune(StoredJob job) {
        tombstones.remove(job.id());
        records.remove(job.id());
        pruned.add(job.id());
    }

    /** The queues where jobs came to wait since this was last asked, and when the first of them is due: now at the earliest. */
    public Map<String, Instant> takeNewlyWaiting() {
        Map<String, Instant> queues = Map.copyOf(newlyWaiting);
        newlyWaiting.clear();
        return queues;
    }

    /** Whether no job is due and none is leased. */
    public boolean isIdle(Instant now) {
        return leases.isEmpty()
                && pending.values().stream().flatMap(Set::stream).noneMatch(job -> job.isDue(now));
    }

    /** The leases of now, for a loop that ends some. */
    public List<Lease> currentLeases() {
        return new ArrayList<>(leases.values());
    }

    /** The id of the latest lease; 0 if there is none. */
    public long latestLease() {
        return leases.keySet().stream().mapToLong(id -> id).max().orElse(0);
    }

    /** The lease of a leased job. */
    public Lease leaseOf(StoredJob job) {
        return leases.values().stream()
                .filter(lease -> lease.jobs().containsKey(job.id()))
                .findFirst()
                .orElseThrow();
    }

    /** How many times a job was made to wait. */
    public long moves() {
        return moves;
    }

    /** How a job stands, with the stack traces of its failures. */
    public JobSnapshot snapshot(StoredJob job) {
        return job.snapshot(
                job.state() == JobState.LEASED ? new WorkerId(leaseOf(job).worker()).toString() : null);
    }

    /** In the order in which they are claimed. */
    public NavigableSet<StoredJob> pendingIn(String queue) {
        return pending.computeIfAbsent(queue, name -> new TreeSet<>(StoredJob.CLAIM_ORDER));
    }

    /** A job, unless it is forgotten. */
    public @Nullable StoredJob find(JobId id) {
        return pruned.contains(id.value()) ? null : jobs.get(id.value());
    }

    /** By id, the forgotten tombstones among them. */
    public Map<Long, StoredJob> jobs() {
        return jobs;
    }

    public Map<String, NavigableSet<StoredJob>> pending() {
        return pending;
    }

    public Map<Long, Lease> leases() {
        return leases;
    }

    /** The completed jobs, and when they completed. */
    public Map<Long, Instant> completed() {
        return completed;
    }

    /** How many completed jobs are no longer here. */
    public Map<QueueAndKind, Long> forgotten() {
        return forgotten;
    }

    public Set<Long> tombstones() {
        return tombstones;
    }

    public Set<Long> pruned() {
        return pruned;
    }

    /** What leased jobs have said of their progress. */
    public Map<Long, JobProgress> progress() {
        return progress;
    }

    /** What is recorded of jobs besides. */
    public Map<Long, JobRecord> records() {
        return records;
    }

    public Debounces debounces() {
        return debounces;
    }

    /** The signals, and who has waited for them. */
    public Signals signals() {
        return signals;
    }

    /** Who waits for the end of jobs. */
    public Waiters waiters() {
        return waiters;
    }

    public Throttles throttles() {
        return throttles;
    }

    /** Which job holds which key. */
    public UniqueKeys keys() {
        return keys;
    }

    private void makeWait(StoredJob job, Instant now) {
        job.movedAs(++moves);
        pendingIn(job.content().queue()).add(job);
        Instant dueAt = job.isDue(now) ? now : job.runAt();
        newlyWaiting.merge(job.content().queue(), dueAt, (a, b) -> a.isBefore(b) ? a : b);
    }

    private void leave(Lease lease, StoredJob job, JobState next) {
        job.moveTo(next);
        progress.remove(job.id());
        lease.jobs().remove(job.id());
        if (lease.jobs().isEmpty()) {
            leases.remove(lease.id());
        }
    }
}
