package io.headrace.spi;

import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkPreview;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for bulk operations. An operation belongs to a runner, which is a number drawn at random, for a
 * lease; each step extends the lease. A runner that takes over an operation replaces the one before, whose steps are
 * refused from then on: so no chunk is carried out or counted twice. {@link JobStore} documents what applies to every
 * call.
 */
public interface BulkStore {

    /**
     * Records an operation, which belongs to a runner for the lease.
     *
     * @param by the name of the actor who starts it
     */
    Mono<BulkOperation> start(BulkAction action, String by, long runner, Duration lease);

    /**
     * Takes over an operation that has not ended and whose lease has expired.
     *
     * @return empty if there is none
     */
    Mono<BulkOperation> takeOver(long runner, Duration lease);

    /**
     * Carries out the next chunk in one atomic step with its counts, and extends the lease. If somebody has asked to stop
     * the operation, or nothing is left to do, ends it instead.
     *
     * @return the operation after the step; empty, and nothing was done, if it has ended or belongs to another runner
     */
    Mono<BulkOperation> step(String id, long runner, Duration lease);

    /** Finds an operation; empty if it is unknown. */
    Mono<BulkOperation> find(String id);

    /** Returns the operations that were started last, the latest first. */
    Flux<BulkOperation> list(int most);

    /** Asks to stop an operation. Does nothing if it has ended or is unknown. */
    Mono<Void> stop(String id);

    /** Counts what an action would match, at a bounded cost. */
    Mono<BulkPreview> preview(BulkAction action);

    /**
     * Prunes operations that ended longer ago than the retention.
     *
     * @return how many were pruned
     */
    Mono<Long> prune(Duration retention);
}
