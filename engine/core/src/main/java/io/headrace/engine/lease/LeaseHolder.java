package io.headrace.engine.lease;

import java.util.List;

/** Leases jobs from a queue, and counts them until they are settled. */
public interface LeaseHolder {

    /** The queue that its jobs come from. */
    String queue();

    /** These of its jobs are settled: they count no more, and others may be leased in their place. */
    void settled(List<LeasedJob> jobs);
}
