package io.headrace;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A job that its receiver settles explicitly: one element of {@link JobEngine#receive}. Every delivery must be settled.
 * Otherwise its job stays leased until the deadline of the lease.
 *
 * <p>The first settling call to be subscribed decides. Each call completes when the outcome is recorded. It fails with
 * a {@link LeaseLostException} if the job is no longer under this lease, or with an {@link IllegalStateException} if
 * the delivery has already been settled. Cancelling the call does not revoke the outcome.
 *
 * @param <T> the type of the payload
 */
public interface Delivery<T> {

    Job<T> job();

    /** Records an outcome. A {@link JobOutcome#retry} at the last attempt ends in a tombstone. */
    Mono<Void> settle(JobOutcome outcome);

    /** Records a failed attempt. The retry policy of this {@code receive} decides whether it is retried. */
    Mono<Void> fail(Throwable error);

    /** Records that the job is completed. */
    default Mono<Void> complete() {
        return settle(JobOutcome.complete());
    }

    /** Has the job delivered again after the delay, without counting this attempt. */
    default Mono<Void> snooze(Duration delay) {
        return settle(JobOutcome.snooze(delay));
    }
}
