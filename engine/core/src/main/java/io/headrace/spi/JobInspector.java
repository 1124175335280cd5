package io.headrace.spi;

import io.headrace.AuditReport;
import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobTotals;
import io.headrace.JobUpdate;
import io.headrace.QueueSnapshot;
import io.headrace.WorkerSnapshot;
import io.headrace.operate.Diagnosis;
import io.headrace.operate.FailureCause;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobRecord;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads for people. They may cost more than the calls that move jobs, and they change nothing. */
public interface JobInspector {

    /** The maximum number of causes that {@link #failureCauses} returns. */
    int MOST_CAUSES = 60;

    /** Finds a job, without the stack traces of its failures; empty if the job is unknown. */
    Mono<JobSnapshot> find(JobId id);

    /** Like {@link #find}, with the stack traces. */
    Mono<JobSnapshot> findWithTraces(JobId id);

    /**
     * Returns what the handler of a job has recorded: the last {@link JobRecord#MOST_STEPS} steps in the order in which they
     * were recorded, each once, and its cursor; and the last {@link JobRecord#MOST_SIGNALS} signals that the job waits for or
     * has waited for, in the order in which it began. Values of steps are returned from the last one on, as many as fit into
     * {@link JobRecord#MOST_BYTES}; {@link JobRecord#NOT_SHOWN} stands in place of all before. The same applies to those of
     * signals. Default: nothing.
     *
     * @return always one record, also for an unknown job
     */
    default Mono<JobRecord> record(JobId id) {
        return Mono.fromSupplier(() -> JobRecord.none(id));
    }

    /**
     * Returns jobs in one state. The cost of a call is bounded, however many jobs there are: it may return fewer jobs than
     * asked for, or none, and where to continue. Slice by slice, each job that neither moves nor changes meanwhile is
     * returned exactly once. Others may be missing or be returned twice, but the slices come to an end, whatever happens
     * meanwhile.
     *
     * <p>Leased jobs are in the order of their leases. Waiting ones are ordered by queue, priority and due time, except
     * that those of a kind in all queues may be in any order; failed,
     * cancelled and discarded ones by id, the latest first; completed ones about by their completion, the latest first. A
     * completed job is found by its unique key while it keeps the key.
     *
     * @param filter with a state
     * @param position where to begin: {@link JobSlice#next} of the slice before with the same filter; {@code null} for the
     *     first one
     * @param most the maximum number of jobs, 1 to 200
     * @return fails with an {@link io.headrace.InvalidSettingException} if the position is not one that this store made
     */
    Mono<JobSlice> jobs(JobFilter filter, @Nullable String position, int most);

    /**
     * Returns the current state of jobs. Called repeatedly while jobs are watched: it may read waiting and leased jobs,
     * but nothing that grows with the number of ended jobs.
     *
     * @return an update for each known job, in no particular order; failures are without their stack traces
     */
    Flux<JobUpdate> look(Set<JobId> ids);

    /**
     * Explains why a job is not running, at one moment. May read waiting and leased jobs, but nothing that grows with
     * the number of ended jobs. Waits are explained by {@link WaitingJob}.
     *
     * @return always one explanation, also for an unknown job
     */
    Mono<JobExplanation> why(JobId id);

    /**
     * Returns what failed tombstones have in common, by fingerprint, the one that was seen last first. The cost is bounded,
     * however many tombstones there are: at most {@link #MOST_CAUSES}, of those that failed last, and large counts may be
     * lower bounds.
     */
    Flux<FailureCause> failureCauses();

    /** Returns the queues that are paused, hold jobs or have workers, ordered by name. */
    Flux<QueueSnapshot> queues();

    /** Returns the registered workers, in the order of their registration. */
    Flux<WorkerSnapshot> workers();

    /**
     * Returns the distinct queues of all workers that are not silent, in no particular order. Clients call this about
     * once a minute: it is cheap, and needs no more privileges than enqueueing.
     */
    Flux<String> servedQueues();

    /** Returns how many jobs ended, by queue, kind and state, ordered by name. Pruned jobs still count. */
    Flux<JobTotals> totals();

    /** Checks at one moment that every job is in exactly one place. */
    Mono<AuditReport> audit();

    /**
     * Returns the depth of each queue that holds jobs, ordered by name. The cost is bounded, however many jobs wait, so
     * that a gauge may call this every few seconds. If many jobs wait, only a sample of them is read.
     */
    Flux<QueueDepth> depths();

    /**
     * Returns the health of the store; fails with a {@link io.headrace.StoreException} if the store does not answer.
     */
    Mono<StoreHealth> health();

    /**
     * Reads the state of the store and its surroundings, and says what is wrong. The cost is bounded, however many jobs
     * there are. Queues are judged by {@link QueueCondition}.
     *
     * @return always a diagnosis if the store answers at all: a missing schema or missing rights are problems, not errors
     */
    Mono<Diagnosis> diagnose();

    /** Returns the use of the connection pools, in a fixed order. Sends no query and does not block. */
    default List<PoolUse> pools() {
        return List.of();
    }
}
