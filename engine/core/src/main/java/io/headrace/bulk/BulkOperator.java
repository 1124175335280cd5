package io.headrace.bulk;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Starts and shows bulk operations. Thread-safe. An operation is stored, and carried out chunk by chunk by the process
 * that starts it. If that process ends, any engine of the schema continues it within a minute, and so does any process
 * that looks at it with {@link #watch}, {@link #find} or {@link #list}. It is paced, so that claims go on.
 */
public interface BulkOperator {

    /**
     * Starts an operation. It continues in the background once this completes. It is about the jobs that match at this
     * moment: jobs that fail or are enqueued later are not included.
     */
    Mono<BulkOperation> start(BulkAction action);

    /** Finds an operation; empty if it is unknown, or was pruned with the decisions of its time. */
    Mono<BulkOperation> find(String id);

    /**
     * Returns the operations that were started last, the latest first.
     *
     * @param most how many, at most 100; the result fails with an {@link io.headrace.InvalidSettingException} otherwise
     */
    Flux<BulkOperation> list(int most);

    /**
     * Emits an operation now and whenever it has changed, and completes once it has ended. It looks often at first and later
     * once a second. Empty if the operation is unknown. Cancelling the subscription does not stop the operation.
     */
    Flux<BulkOperation> watch(String id);

    /**
     * Asks to stop an operation, which ends after the chunk in flight. What it has done stays done. Idempotent. Needs the
     * right that its action needs.
     *
     * @return the operation, which may not have ended yet; empty if it is unknown
     */
    Mono<BulkOperation> stop(String id);

    /** Counts what an action would match now, at a bounded cost. */
    Mono<BulkPreview> preview(BulkAction action);
}
