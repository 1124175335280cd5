package io.headrace.observe;

import io.headrace.EngineStatus;
import io.headrace.spi.JobInspector;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Is told what happens in an engine, or in a client, and changes nothing: for meters. Called on whichever thread it happens,
 * from several at a time, for every job on the paths that a hundred thousand a second may take: it must not block, and should
 * not allocate. What it throws is logged and forgotten.
 *
 * <p>Times of single jobs are plain nanoseconds for that reason, by a clock that no one sets.
 */
public interface JobObserver {

    /** Is told everything and keeps nothing. */
    JobObserver NONE = new JobObserver() {};

    /**
     * An engine has begun to work. Until {@link #stopped}, both may be asked.
     *
     * @param status how the engine stands at the moment of asking; costs nothing
     * @param inspector reads the engine's store
     */
    default void started(Supplier<EngineStatus> status, JobInspector inspector) {}

    /** The engine has stopped; its store may be closed next. */
    default void stopped() {}

    /**
     * The store took a job; in a transaction of the caller's, which may yet be rolled back.
     *
     * @param created whether it is new; if not, another already has its unique key
     */
    default void enqueued(String queue, String kind, boolean created) {}

    /**
     * A handler is about to be called, or a delivery to be handed over.
     *
     * @param waitedNanos how long the job had been due
     */
    default void began(String queue, String kind, long waitedNanos) {}

    /**
     * What had begun is over; its outcome is on its way into the store.
     *
     * @param ranNanos how long it took
     */
    default void ended(String queue, String kind, AttemptEnd end, long ranNanos) {}

    /**
     * An outcome is in the store, or came too late ({@link AttemptEnd#LOST}). Also told of jobs that were handed back without
     * having begun.
     */
    default void settled(String queue, String kind, AttemptEnd end) {}

    /**
     * The store has answered.
     *
     * @param jobs how many jobs were in the call or its answer
     */
    default void answered(StoreCall call, long jobs, Duration took) {}

    /** The store has not answered, or with an error. The engine tries again; a client passes the error on. */
    default void failed(StoreCall call, Throwable error, Duration took) {}

    /** A heartbeat told that leases under which handlers ran are somebody else's; those are being cancelled. */
    default void leasesLost(int leases) {}

    /** A sweep found something to do. */
    default void swept(SweepReport report) {}

    /** What its retention had passed was forgotten: so many tombstones, so many completed jobs. */
    default void pruned(long tombstones, long completed) {}
}
