package io.headrace.spi;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobTotals;
import io.headrace.JobUpdate;
import io.headrace.QueueSnapshot;
import io.headrace.WorkerSnapshot;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads for people: they may cost more than what moves jobs, and change nothing. */
public interface JobInspector {

    /** Looks a job up, without the stack traces of its failures; empty if it is not known. */
    Mono<JobSnapshot> find(JobId id);

    /** The same as {@link #find}, with the stack traces. */
    Mono<JobSnapshot> findWithTraces(JobId id);

    /**
     * How jobs stand at one moment. Asked for again and again while somebody watches: it may read what waits and what is
     * leased, but nothing that grows with what has ended.
     *
     * @return an update for each that is known, in no order; failures are without their stack traces
     */
    Flux<JobUpdate> look(Set<JobId> ids);

    /** The queues that are paused, hold something or are worked on, in the order of their names. */
    Flux<QueueSnapshot> queues();

    /** The workers that are registered, in the order in which they were. */
    Flux<WorkerSnapshot> workers();

    /**
     * The queues of all workers that are not silent, each once and in no order. Clients ask about once a minute: it is cheap, and
     * needs no more rights than enqueueing.
     */
    Flux<String> servedQueues();

    /** How many jobs ended and how, by queue and kind, in the order of their names; what was forgotten counts on. */
    Flux<JobTotals> totals();

    /** Checks the conservation law at one moment. */
    Mono<AuditReport> audit();

    /**
     * What each queue holds that holds anything, in the order of their names. Its cost is bounded, however much waits, so that
     * a gauge may ask every few seconds: where much waits, what is read is a part of it.
     */
    Flux<QueueDepth> depths();

    /** How the store stands; errors with a {@link io.headrace.StoreException} if it does not answer. */
    Mono<StoreHealth> health();

    /** The pools of connections, in an order that does not change; reads nothing and does not block. */
    default List<PoolUse> pools() {
        return List.of();
    }
}
