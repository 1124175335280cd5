package io.headrace.engine.lease;

import java.time.Duration;
import java.util.List;

/** Leases jobs from a queue, and counts them until they are settled. */
public interface LeaseHolder {

    /** The queue that its jobs come from. */
    String queue();

    /**
     * These of its jobs are settled: they count no more.
     *
     * @return leases others in their place; to be run when the jobs of all other holders have been counted out, since they
     *     share what limits them
     */
    Runnable settled(List<LeasedJob> jobs);

    /** A job of its queue, perhaps one that it had, is due after a delay. */
    void dueIn(Duration delay);
}
