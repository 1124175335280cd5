package io.headrace.spi;

/**
 * The verdict on a job's attempt, together with the lease under which it ran.
 *
 * @param lease the lease under which the job ran: the fence
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param keyed whether the job has a unique key, which the verdict may release
 * @param verdict what the store is to do with the job
 * @param unsettled how many jobs of the lease are unsettled, this one included, as far as the worker knows; 0 if unknown. A
 *     store may settle a lease as a whole at less cost, but must not rely on this number
 */
public record Settlement(long lease, long job, boolean keyed, Verdict verdict, int unsettled) {

    /** Creates a settlement for a lease of which nothing is known. */
    public Settlement(long lease, long job, boolean keyed, Verdict verdict) {
        this(lease, job, keyed, verdict, 0);
    }
}
