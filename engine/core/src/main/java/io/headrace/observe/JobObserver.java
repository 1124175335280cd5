package io.headrace.observe;

import io.headrace.EngineStatus;
import io.headrace.JobState;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.JobInspector;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Is notified of what happens in an engine or a client, and changes nothing. Used for meters. The methods are called
 * concurrently, on the thread on which the event happens, and for every job, possibly a hundred thousand times a
 * second. They must not block and should not allocate. Exceptions that they throw are logged and otherwise ignored.
 *
 * <p>For this reason, times of single jobs are plain nanoseconds, measured by a monotonic clock.
 */
public interface JobObserver {

    /** An observer that ignores all notifications. */
    JobObserver NONE = new JobObserver() {};

    /**
     * An engine has started. Both arguments may be used until {@link #stopped}.
     *
     * @param status returns the current status of the engine; free of cost
     * @param inspector reads the engine's store
     */
    default void started(Supplier<EngineStatus> status, JobInspector inspector) {}

    /** The engine has stopped. Its store may be closed next. */
    default void stopped() {}

    /**
     * The store accepted a job. In a caller's transaction, it may still be rolled back.
     *
     * @param created whether the job is new; otherwise another job holds its unique key, or a throttle or debounce decided
     */
    default void enqueued(String queue, String kind, boolean created) {}

    /**
     * A handler is about to be called, or a delivery is about to be handed over.
     *
     * @param waitedNanos how long the job had been due
     */
    default void began(String queue, String kind, long waitedNanos) {}

    /**
     * An attempt has ended. Its outcome is on its way to the store.
     *
     * @param ranNanos how long the attempt took
     */
    default void ended(String queue, String kind, AttemptEnd end, long ranNanos) {}

    /**
     * A call of a batch handler is over: it has ended, or all of its jobs were withdrawn. {@link #began} and {@link #ended}
     * were called for each of its jobs.
     *
     * @param jobs the number of jobs with which the handler was called
     * @param ranNanos how long the call took
     */
    default void called(String queue, String kind, int jobs, long ranNanos) {}

    /**
     * A step of a job came to an end.
     *
     * @param ranNanos how long its work took; 0 if it did not run
     */
    default void stepped(String queue, String kind, StepEnd end, long ranNanos) {}

    /**
     * An outcome was recorded by the store, or arrived too late ({@link AttemptEnd#LOST}). Also called for jobs that
     * were handed back without having started.
     */
    default void settled(String queue, String kind, AttemptEnd end) {}

    /**
     * A caller that awaited a job was told of its end.
     *
     * @param state how the job ended
     * @param waitedNanos how long the caller waited
     */
    default void awaited(JobState state, long waitedNanos) {}

    /**
     * A schedule fired.
     *
     * @param kind the kind of its jobs
     * @param lag how late it was recorded, by the store's clock and with its jitter allowed for; zero if it was not due but
     *     fired for another cause, and if it had waited for the end of another job
     */
    default void fired(String kind, FireCause cause, FireOutcome outcome, Duration lag) {}

    /**
     * Instants of a schedule were passed over, because they were missed.
     *
     * @param kind the kind of its jobs
     */
    default void missed(String kind, long instants) {}

    /**
     * A store call succeeded.
     *
     * @param jobs the number of jobs in the call or its answer
     */
    default void answered(StoreCall call, long jobs, Duration took) {}

    /** A store call failed or was not answered. An engine tries again; a client propagates the error. */
    default void failed(StoreCall call, Throwable error, Duration took) {}

    /**
     * A heartbeat found that leases under which handlers are running now belong to others. These handlers are being
     * cancelled.
     */
    default void leasesLost(int leases) {}

    /** A sweep found silent workers or expired leases. */
    default void swept(SweepReport report) {}

    /** Tombstones and completed jobs were pruned after their retention. */
    default void pruned(long tombstones, long completed) {}
}
