package io.headrace.spi;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for the steps of jobs: what each returned is recorded, and later attempts of the job read it. It
 * survives retries, lost leases and tombstones, and is deleted some time after the job. {@link JobStore} documents what
 * applies to every call.
 */
public interface StepStore {

    /**
     * Records steps, each only if its job is still in the lease that it names and this worker holds that lease. No job
     * leaves its lease while its step is being recorded, except to end as cancelled. Recording a step again, because the
     * answer was lost, changes nothing.
     *
     * @return the steps that arrived too late and were not recorded
     */
    Mono<List<NewStep>> record(long worker, List<NewStep> steps);

    /**
     * Moves cursors, under the same conditions.
     *
     * @param cursors at most one for each job
     * @return the cursors that arrived too late and were not moved
     */
    Mono<List<NewCursor>> move(long worker, List<NewCursor> cursors);

    /**
     * Reads what is recorded of jobs. If it is much, some of the jobs are left out, and the caller asks for them again; at
     * least one is answered.
     *
     * @return one answer for each job that is not left out, in any order
     */
    Mono<List<JobSteps>> read(List<Long> jobs);

    /**
     * Tells whether transactions in which steps were recorded with {@link JobTransaction#record} are open.
     *
     * @param transactions as in {@link TransactionAnswer#transaction()}
     * @return an answer for each, in the same order. Once it is {@code false}, {@link #read} returns what was committed
     */
    Mono<List<Boolean>> areOpen(List<String> transactions);
}
