package io.headrace;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A job handed to somebody who settles it by hand: one element of {@link JobEngine#receive}. Every delivery must be
 * settled, or its job stays leased until the lease's deadline.
 *
 * <p>The first of the settling calls to be subscribed to decides. Each completes when the outcome is recorded, and errors
 * with a {@link LeaseLostException} if the job was no longer under this lease, or with an {@link IllegalStateException}
 * if the delivery had been settled before. Cancelling one does not take the outcome back.
 *
 * @param <T> what the job carries
 */
public interface Delivery<T> {

    Job<T> job();

    /** Records an outcome. A {@link JobOutcome#retry} at the last attempt ends in a tombstone. */
    Mono<Void> settle(JobOutcome outcome);

    /** Records a failed attempt, to be retried or not as the policy of this {@code receive} has it. */
    Mono<Void> fail(Throwable error);

    /** Done. */
    default Mono<Void> complete() {
        return settle(JobOutcome.complete());
    }

    /** Not yet: deliver it again after the delay, without counting this attempt. */
    default Mono<Void> snooze(Duration delay) {
        return settle(JobOutcome.snooze(delay));
    }
}
