package io.headrace.spi;

import java.time.Duration;
import reactor.core.publisher.Flux;

/**
 * A store of jobs, divided into facets: each part of the engine uses only the facet that it needs. The contract suites
 * of {@code headrace-testkit} specify as tests what an implementation must do.
 *
 * <p>The methods always return the same facet and have no side effect. Every {@code Mono} of a facet is cold and does
 * its work once per subscription. Errors are {@link io.headrace.StoreException}s and leave nothing half done.
 * Cancelling does not interrupt work in flight. Time is the store's own: no caller's clock decides anything.
 * Thread-safe. Signals may arrive on threads that must not be blocked.
 */
public interface JobStore {

    /** Enqueues jobs. */
    JobIntake intake();

    /** Claims jobs and records their outcomes. */
    LeaseStore leases();

    /** Registers workers and keeps track of which are alive. */
    WorkerRegistry workers();

    /** Reads for people. */
    JobInspector inspector();

    /**
     * Reads for people who watch. Default: a store that cannot be watched. It marks no engines, and everything else fails
     * with an {@link UnsupportedOperationException}.
     */
    default JobMonitor monitor() {
        return NoMonitor.INSTANCE;
    }

    /** Carries out decisions of operators. */
    JobDecisions decisions();

    /**
     * Keeps schedules and fires them. Default: a store that keeps none, on which saving or declaring one fails with an
     * {@link UnsupportedOperationException}.
     */
    default ScheduleStore schedules() {
        return NoSchedules.INSTANCE;
    }

    /**
     * Keeps bulk operations and carries out their chunks. Default: a store that keeps none, on which starting one fails with
     * an {@link UnsupportedOperationException}.
     */
    default BulkStore bulk() {
        return NoBulk.INSTANCE;
    }

    /**
     * Records steps of jobs. Default: a store that records none, on which a step fails with an
     * {@link UnsupportedOperationException}.
     */
    default StepStore steps() {
        return NoSteps.INSTANCE;
    }

    /**
     * Keeps signals and wakes the jobs that wait for them. Default: a store that keeps none, on which sending one fails with an
     * {@link UnsupportedOperationException}. Such a store must also refuse {@link Verdict.Awaiting}.
     */
    default SignalStore signals() {
        return NoSignals.INSTANCE;
    }

    /** Keeps the log of what operators decide. Default: a store that keeps none. */
    default OperatorLog operatorLog() {
        return NoOperatorLog.INSTANCE;
    }

    /**
     * Knows how jobs ended, and who waits for that. Default: a store that keeps no results and announces no ends. Callers
     * that await a job then find out by looking.
     */
    default ResultStore results() {
        return NoResults.INSTANCE;
    }

    /** The time before its due time from which a job is announced in advance. Engines poll more often than that. */
    Duration ANNOUNCED_AHEAD = Duration.ofSeconds(30);

    /**
     * Emits queues that may have a due job: immediately when a job that is due within {@link #ANNOUNCED_AHEAD} comes to wait
     * in a queue on which a worker is idle, and every queue after each connect. Emits {@link WakeUp.Silence} when the
     * connection is lost. Emits {@link WakeUp.Ended} when a settlement ends jobs that a client awaits. Never completes and never fails while subscribed. Cancelling releases the connection. Wake-ups
     * may be lost, and may be spurious.
     */
    Flux<WakeUp> wakeUps();
}
