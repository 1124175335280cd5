package io.headrace;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The jobs of one call of a batch handler: one kind, one queue, each job in an attempt of its own. Immutable and
 * thread-safe, except that jobs may be {@linkplain #isWithdrawn withdrawn} while the call runs.
 *
 * @param <T> the type of the payloads
 */
public final class JobBatch<T> implements Iterable<Job<T>> {

    private final List<Job<T>> jobs;
    private final Predicate<? super JobId> withdrawn;

    /**
     * Creates a batch.
     *
     * @param withdrawn whether a job is {@linkplain #isWithdrawn withdrawn}
     * @throws IllegalArgumentException if there are no jobs
     */
    public JobBatch(List<Job<T>> jobs, Predicate<? super JobId> withdrawn) {
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("A batch needs at least one job");
        }
        this.jobs = List.copyOf(jobs);
        this.withdrawn = withdrawn;
    }

    /** Creates a batch of which no job is ever withdrawn, for example to test a handler. */
    public static <T> JobBatch<T> of(List<Job<T>> jobs) {
        return new JobBatch<>(jobs, job -> false);
    }

    /** Returns the jobs, in the order in which they were claimed; at least one. */
    public List<Job<T>> jobs() {
        return jobs;
    }

    /** Returns the payloads, in the order of the jobs. */
    public List<T> payloads() {
        return jobs.stream().map(Job::payload).toList();
    }

    /** Returns the number of jobs. */
    public int size() {
        return jobs.size();
    }

    /** Returns the kind of the jobs. */
    public String kind() {
        return jobs.get(0).kind();
    }

    /** Returns the queue of the jobs. */
    public String queue() {
        return jobs.get(0).queue();
    }

    /**
     * Whether a job of this batch has left the call: it was cancelled, or its lease was lost. Its outcome will not be
     * recorded. The others are not affected. When all jobs are withdrawn, the subscription is cancelled.
     */
    public boolean isWithdrawn(Job<T> job) {
        return withdrawn.test(job.id());
    }

    @Override
    public Iterator<Job<T>> iterator() {
        return jobs.iterator();
    }

    @Override
    public String toString() {
        return jobs.size() + " jobs of kind '" + kind() + "' from queue '" + queue() + "'";
    }
}
