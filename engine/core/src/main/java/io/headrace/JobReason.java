package io.headrace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reason why a job is not running, or what became of it. Immutable. Times are the database's.
 *
 * <p>Taken apart with {@link #fold}, so that code that depends on reasons does not compile until it handles a new one.
 */
public sealed interface JobReason {

    /** Calls the method of {@code cases} that matches this reason, and returns its result. */
    <R> R fold(Cases<R> cases);

    /** Returns a stable name for programs, such as {@code QUEUE_PAUSED}. */
    default String code() {
        return fold(ReasonCode.CASES);
    }

    /** Returns the reason in plain English, as one sentence or two. The wording may change. */
    default String describe() {
        return fold(ReasonText.CASES);
    }

    /** Returns what ends the wait, or what can be done about it, in plain English. The wording may change. */
    default String whatNext() {
        return fold(ReasonRemedy.CASES);
    }

    /**
     * One method for each reason.
     *
     * @param <R> the type of the result
     */
    interface Cases<R> {

        /** For {@link NotDue}. */
        R notDue(NotDue reason);

        /** For {@link WaitsForRetry}. */
        R waitsForRetry(WaitsForRetry reason);

        /** For {@link WaitsForSignal}. */
        R waitsForSignal(WaitsForSignal reason);

        /** For {@link QueuePaused}. */
        R queuePaused(QueuePaused reason);

        /** For {@link NoEngineOnQueue}. */
        R noEngineOnQueue(NoEngineOnQueue reason);

        /** For {@link NoEngineKnowsKind}. */
        R noEngineKnowsKind(NoEngineKnowsKind reason);

        /** For {@link EnginesBusy}. */
        R enginesBusy(EnginesBusy reason);

        /** For {@link Suspected}. */
        R suspected(Suspected reason);

        /** For {@link Due}. */
        R due(Due reason);

        /** For {@link Leased}. */
        R leased(Leased reason);

        /** For {@link Completed}. */
        R completed(Completed reason);

        /** For {@link Ended}. */
        R ended(Ended reason);

        /** For {@link Pruned}. */
        R pruned(Pruned reason);

        /** For {@link Unknown}. */
        R unknown(Unknown reason);
    }

    /** The job waits for its due time, because it was enqueued for later or snoozed. */
    record NotDue(Instant runAt) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.notDue(this);
        }
    }

    /**
     * The job has failed before and waits for its next attempt.
     *
     * @param runAt when it is due
     * @param attempt the number of the next attempt
     * @param lastFailure its last failure, without a stack trace
     */
    record WaitsForRetry(Instant runAt, int attempt, AttemptFailure lastFailure) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.waitsForRetry(this);
        }
    }

    /**
     * The job waits for a signal, see {@link JobOutcome#await}.
     *
     * @param key the key of the signal
     * @param until when it runs without the signal
     */
    record WaitsForSignal(String key, Instant until) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.waitsForSignal(this);
        }
    }

    /**
     * The queue of the job is paused.
     *
     * @param since when it was paused
     */
    record QueuePaused(String queue, Instant since) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.queuePaused(this);
        }
    }

    /** No live engine works on the queue of the job. */
    record NoEngineOnQueue(String queue) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.noEngineOnQueue(this);
        }
    }

    /**
     * No live engine on the queue has a handler for the kind of the job. Subscribers of {@link JobEngine#receive} are
     * not on record, unless they hold a job of the kind.
     *
     * @param engines the number of live engines on the queue
     */
    record NoEngineKnowsKind(String queue, String kind, int engines) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.noEngineKnowsKind(this);
        }
    }

    /**
     * Every live engine that could run the job has leased at least as many jobs of the queue as it has handlers for it.
     *
     * @param engines the number of live engines on the queue that handle the kind
     * @param leased the number of jobs of the queue that they have leased, prefetched ones included
     * @param slots the number of jobs of the queue that they run at once
     */
    record EnginesBusy(String queue, int engines, long leased, long slots) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.enginesBusy(this);
        }
    }

    /**
     * The job is suspected of killing the processes that run it, because their leases expired. It is leased together
     * with few others, or alone.
     *
     * @param alone whether it runs only while its engine has no other job as strongly suspected
     */
    record Suspected(boolean alone) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.suspected(this);
        }
    }

    /**
     * The job is due, and an engine that can run it has room, as far as the store knows.
     *
     * @param since when it became due
     * @param engines the number of live engines on the queue that handle the kind
     */
    record Due(Instant since, int engines) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.due(this);
        }
    }

    /**
     * A worker has leased the job: it is running, prefetched, or its outcome is on its way to the store.
     *
     * @param worker the id of the worker, as in {@link WorkerSnapshot#id()}
     * @param engine the name of the engine, or {@code null} if the worker is no longer registered
     * @param since when the job was leased
     * @param deadline when the lease expires, even if its worker is alive
     * @param attempt the number of the attempt
     * @param silent whether the worker has been silent for longer than its expiry, so that a sweep returns the job
     */
    record Leased(String worker, @Nullable String engine, Instant since, Instant deadline, int attempt, boolean silent)
            implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.leased(this);
        }
    }

    /** The job has completed. */
    record Completed() implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.completed(this);
        }
    }

    /**
     * The job has ended as a tombstone.
     *
     * @param state failed, cancelled or discarded
     * @param at when it failed or was cancelled
     * @param attempt the number of attempts that counted
     * @param last its last failure, without a stack trace; for a cancelled job, the reason
     */
    record Ended(JobState state, Instant at, int attempt, AttemptFailure last) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.ended(this);
        }
    }

    /**
     * The job ended as a tombstone that was removed after its retention.
     *
     * @param state failed, cancelled or discarded
     */
    record Pruned(JobState state) implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.pruned(this);
        }
    }

    /** There is no such job: it was never enqueued, its transaction is not committed, or it completed and was removed. */
    record Unknown() implements JobReason {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.unknown(this);
        }
    }
}
