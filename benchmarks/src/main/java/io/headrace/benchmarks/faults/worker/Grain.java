package io.headrace.benchmarks.faults.worker;

import io.headrace.JobType;

/**
 * What a job of the harness carries.
 *
 * @param nr counts the jobs that were made
 * @param role what its handler does
 */
public record Grain(long nr, Role role) {

    /** Two kinds, so that claims have something to tell apart. */
    public static final JobType<Grain> GRIND = JobType.of("grind", Grain.class);

    public static final JobType<Grain> CRUSH = JobType.of("crush", Grain.class);

    /** A queue on which nothing goes on, to measure how long the way to a handler is. */
    public static final String QUIET_QUEUE = "quiet";

    /** What the handler does, after it has written into the ledger. */
    public enum Role {
        /** Takes a few milliseconds, then completes. */
        PLAIN,
        /** The first attempt fails. */
        FAILS_ONCE,
        /** Kills its JVM. */
        POISON
    }
}
