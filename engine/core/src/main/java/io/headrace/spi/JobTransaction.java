package io.headrace.spi;

import io.headrace.Enqueued;
import java.util.List;
import reactor.core.publisher.Mono;

/** A transaction of a caller's, which jobs can join. A store with transactions makes them of its connections. */
@FunctionalInterface
public interface JobTransaction {

    /**
     * Adds jobs, there when the transaction is committed.
     *
     * @return an answer for each, in their order
     */
    Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs);
}
