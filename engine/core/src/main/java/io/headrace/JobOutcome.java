package io.headrace;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a handler decides about its job. A handler that completes without an outcome completes its job, as with
 * {@link #complete()}. On error, the {@link RetryPolicy} decides. If a handler emits several outcomes, the last one
 * counts.
 */
public sealed interface JobOutcome {

    /** The header of a job that was enqueued by {@link #completeThen}: the id of the job that completed. */
    String AFTER_HEADER = "headrace.after";

    /** Calls the method of {@code cases} that matches this outcome, and returns its result. */
    <R> R fold(Cases<R> cases);

    /** Completes the job. */
    static JobOutcome complete() {
        return Complete.INSTANCE;
    }

    /**
     * Completes the job with a result, which is kept for as long as the job: {@link JobSnapshot#result()}. If it cannot be
     * written as JSON or exceeds {@link JobConstraints#VALUE_BYTES}, the attempt fails with an
     * {@link InvalidValueException}.
     *
     * @param result is written by the engine's {@link PayloadCodec}
     */
    static JobOutcome complete(Object result) {
        return new CompleteWith(Objects.requireNonNull(result, "result"), List.of());
    }

    /**
     * Completes the job and enqueues others, in the transaction that records this outcome. If it is not recorded, because
     * the lease is lost, they never exist. If one of them is refused, the attempt fails with the error of
     * {@link JobProducer#enqueue}, and none is enqueued. One whose unique key or terms do not admit it is not enqueued; the
     * outcome is recorded all the same. Each has the header {@link #AFTER_HEADER}.
     *
     * @throws InvalidJobException if there are more than {@link JobConstraints#FOLLOW_UPS}
     */
    static JobOutcome completeThen(NewJob<?>... next) {
        return completeThen(List.of(next));
    }

    /**
     * Like {@link #completeThen(NewJob...)}.
     *
     * @throws InvalidJobException if there are more than {@link JobConstraints#FOLLOW_UPS}
     */
    static JobOutcome completeThen(Collection<? extends NewJob<?>> next) {
        return new CompleteWith(null, List.copyOf(next));
    }

    /**
     * Completes the job with a result and enqueues others, see {@link #complete(Object)} and {@link #completeThen(NewJob...)}.
     *
     * @throws InvalidJobException if there are more than {@link JobConstraints#FOLLOW_UPS}
     */
    static JobOutcome completeThen(Collection<? extends NewJob<?>> next, Object result) {
        return new CompleteWith(Objects.requireNonNull(result, "result"), List.copyOf(next));
    }

    /**
     * Fails this attempt and retries after the delay. The attempt counts: if it was the last one, the job becomes a
     * tombstone.
     *
     * @throws InvalidJobException if the delay is negative or exceeds 100 years
     */
    static JobOutcome retry(Duration delay, String reason) {
        return new Retry(delay, reason);
    }

    /**
     * Runs the job again after the delay, without counting this attempt.
     *
     * @throws InvalidJobException if the delay is negative or exceeds 100 years
     */
    static JobOutcome snooze(Duration delay) {
        return new Snooze(delay);
    }

    /**
     * Waits for a signal, without counting this attempt. The job gives up its lease and costs nothing while it waits. It runs
     * again when a signal with this key was sent ({@link JobProducer#signal(String, Object)}), at once if that was before, or
     * after the timeout. In rare cases it runs earlier without a signal, so a handler always asks {@link Job#signal} first,
     * and waits again if there is none.
     *
     * @param key what to wait for, 1 to {@link JobConstraints#SIGNAL_KEY_CHARACTERS} characters
     * @param timeout how long to wait at most
     * @throws InvalidJobException if the key is empty, too long or contains control characters, or if the timeout is negative
     *     or exceeds 100 years
     */
    static JobOutcome await(String key, Duration timeout) {
        return new Await(key, timeout);
    }

    /** Fails the job permanently: it becomes a tombstone at once, even if attempts are left. */
    static JobOutcome fail(String reason) {
        return new Fail(reason);
    }

    /** Cancels the job: it becomes a tombstone that is not a failure, and releases its unique key. */
    static JobOutcome cancel(String reason) {
        return new Cancel(reason);
    }

    /**
     * One method for each outcome. If an outcome is added here, the code does not compile until every place that
     * depends on outcomes handles it.
     *
     * @param <R> the type of the result
     */
    interface Cases<R> {

        /** For {@link Complete}. */
        R complete();

        /** For {@link CompleteWith}. */
        R completeWith(CompleteWith outcome);

        /** For {@link Retry}. */
        R retry(Retry outcome);

        /** For {@link Snooze}. */
        R snooze(Snooze outcome);

        /** For {@link Await}. */
        R await(Await outcome);

        /** For {@link Fail}. */
        R fail(Fail outcome);

        /** For {@link Cancel}. */
        R cancel(Cancel outcome);
    }

    /** The job is completed. */
    enum Complete implements JobOutcome {
        /** The only instance. */
        INSTANCE;

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.complete();
        }
    }

    /**
     * The job is completed, has a result, and enqueues others.
     *
     * @param result the result, or {@code null} if it has none
     * @param next the jobs that are enqueued when the outcome is recorded
     */
    record CompleteWith(@Nullable Object result, List<NewJob<?>> next) implements JobOutcome {
        public CompleteWith {
            next = List.copyOf(JobConstraints.followUps(next));
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.completeWith(this);
        }
    }

    /** The attempt failed and counts. The job runs again after the delay. */
    record Retry(Duration delay, String reason) implements JobOutcome {
        public Retry {
            delay = JobConstraints.delay(delay);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.retry(this);
        }
    }

    /** The attempt does not count. The job runs again after the delay. */
    record Snooze(Duration delay) implements JobOutcome {
        public Snooze {
            delay = JobConstraints.delay(delay);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.snooze(this);
        }
    }

    /** The attempt does not count. The job runs again when a signal with the key has come, or after the timeout. */
    record Await(String key, Duration timeout) implements JobOutcome {
        public Await {
            key = JobConstraints.signalKey(key);
            timeout = JobConstraints.delay(timeout);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.await(this);
        }
    }

    /** The job failed permanently. */
    record Fail(String reason) implements JobOutcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.fail(this);
        }
    }

    /** The job is cancelled. */
    record Cancel(String reason) implements JobOutcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.cancel(this);
        }
    }
}
