package io.headrace.spring.autoconfigure;

import io.headrace.AuditReport;
import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.JobTotals;
import io.headrace.NewJob;
import io.headrace.QueueSnapshot;
import io.headrace.RetryReport;
import io.headrace.WorkerSnapshot;
import io.headrace.bulk.BulkOperator;
import io.headrace.operate.Activity;
import io.headrace.operate.Actor;
import io.headrace.operate.Decision;
import io.headrace.operate.Diagnosis;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.operate.EngineMark;
import io.headrace.operate.FailureCause;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobPage;
import io.headrace.operate.JobRecord;
import io.headrace.operate.LiveView;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.signal.AwaitedPage;
import io.headrace.signal.SignalAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The operator that is injected. Beans get it before there is an engine; once there is one, the engine's own serves, so that a
 * job which runs in this process hears at once that it is cancelled. Thread-safe.
 */
final class EngineOperator implements JobOperator {

    private volatile JobOperator operator;

    /** @param plain serves until there is an engine */
    EngineOperator(JobOperator plain) {
        operator = plain;
    }

    /** From now on the operator of an engine serves. */
    void use(JobOperator engines) {
        operator = engines;
    }

    @Override
    public JobOperator as(Actor actor) {
        return operator.as(actor);
    }

    @Override
    public Mono<Enqueued> enqueue(NewJob<?> job) {
        return operator.enqueue(job);
    }

    @Override
    public Mono<JobPage> jobs(JobFilter filter, @Nullable String cursor, int most) {
        return operator.jobs(filter, cursor, most);
    }

    @Override
    public Mono<JobSnapshot> find(JobId id) {
        return operator.find(id);
    }

    @Override
    public Mono<JobRecord> record(JobId id) {
        return operator.record(id);
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return operator.cancel(id);
    }

    @Override
    public Mono<Boolean> runNow(JobId id) {
        return operator.runNow(id);
    }

    @Override
    public Mono<RetryReport> retryFailed(FailedJobs which) {
        return operator.retryFailed(which);
    }

    @Override
    public Mono<JobId> probe(FailedJobs which) {
        return operator.probe(which);
    }

    @Override
    public Mono<DiscardReport> discard(FailedJobs which) {
        return operator.discard(which);
    }

    @Override
    public Mono<Void> pause(String queue) {
        return operator.pause(queue);
    }

    @Override
    public Mono<Void> resume(String queue) {
        return operator.resume(queue);
    }

    @Override
    public Mono<SignalAnswer> signal(String key, @Nullable Object value) {
        return operator.signal(key, value);
    }

    @Override
    public Mono<AwaitedPage> awaiting(@Nullable String key, @Nullable String cursor, int most) {
        return operator.awaiting(key, cursor, most);
    }

    @Override
    public Mono<JobExplanation> why(JobId id) {
        return operator.why(id);
    }

    @Override
    public Flux<FailureCause> failureCauses() {
        return operator.failureCauses();
    }

    @Override
    public Flux<QueueSnapshot> queues() {
        return operator.queues();
    }

    @Override
    public Flux<WorkerSnapshot> workers() {
        return operator.workers();
    }

    @Override
    public Flux<JobTotals> totals() {
        return operator.totals();
    }

    @Override
    public Flux<LiveView> live() {
        return operator.live();
    }

    @Override
    public Mono<Activity> activity(Duration window, int buckets) {
        return operator.activity(window, buckets);
    }

    @Override
    public Flux<EndedJob> ended(EndedFilter filter) {
        return operator.ended(filter);
    }

    @Override
    public Flux<EngineMark> marks(Duration back) {
        return operator.marks(back);
    }

    @Override
    public Mono<AuditReport> audit() {
        return operator.audit();
    }

    @Override
    public Mono<Diagnosis> diagnose() {
        return operator.diagnose();
    }

    @Override
    public Flux<Decision> decisions(@Nullable Long before, int most) {
        return operator.decisions(before, most);
    }

    @Override
    public BulkOperator bulk() {
        return operator.bulk();
    }

    @Override
    public ScheduleOperator schedules() {
        return operator.schedules();
    }
}
