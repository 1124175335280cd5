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

    /** One for jobs that run until they are cancelled, so that they take no place from others. */
    public static final String LINGER_QUEUE = "linger";

    /** One for large jobs, on which nobody works but who was started for it. */
    public static final String HEAVY_QUEUE = "heavy";

    /** What is written down of a job that lingers. */
    public enum Moment {
        /** The answer came that it is cancelled. */
        ANSWERED,
        /** Its handler was cancelled. */
        STOPPED
    }

    /** What the handler does, after it has written into the ledger. */
    public enum Role {
        /** Takes a few milliseconds, then completes. */
        PLAIN,
        /** The first attempt fails. */
        FAILS_ONCE,
        /** Kills its JVM. */
        POISON,
        /** Runs until it is cancelled, and writes down when that was. */
        LINGERS,
        /** Came by SQL, and cannot be read perhaps; what becomes of it, a tombstone included, is right. */
        HOSTILE
    }
}
