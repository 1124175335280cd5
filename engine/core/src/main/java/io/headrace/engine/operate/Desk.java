package io.headrace.engine.operate;

import io.headrace.AuditReport;
import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.JobConstraints;
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
import io.headrace.engine.list.AwaitedListing;
import io.headrace.engine.list.Listing;
import io.headrace.engine.monitor.EndedFeed;
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
import io.headrace.operate.Right;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.signal.AwaitedPage;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The desk of one actor. Each method says which right it needs: it goes through the {@link Gate}, which checks the right
 * and has decisions logged. Thread-safe.
 */
public final class Desk implements JobOperator {

    private static final int MOST_DECISIONS = 1_000;

    private final DeskTools tools;
    private final Gate gate;
    private final Listing listing;
    private final ScheduleOperator schedules;
    private final BulkOperator bulk;

    /** The desk of somebody who may do everything. */
    public Desk(DeskTools tools, String name) {
        this(
                tools,
                new Gate(Actor.withAllRights(name), new Logbook(tools.store().operatorLog())));
    }

    private Desk(DeskTools tools, Gate gate) {
        this.tools = tools;
        this.gate = gate;
        this.listing = new Listing(tools.store().inspector());
        this.schedules = new ScheduleCounter(tools.schedules(), gate);
        this.bulk = new BulkCounter(tools.store().bulk(), tools.bulk(), tools.clock(), gate);
    }

    @Override
    public JobOperator as(Actor actor) {
        return new Desk(tools, gate.as(Objects.requireNonNull(actor, "actor")));
    }

    @Override
    public Mono<JobPage> jobs(JobFilter filter, @Nullable String cursor, int most) {
        Objects.requireNonNull(filter, "filter");
        return gate.see(Right.VIEW, () -> listing.page(filter, cursor, most)).map(page -> shown(page, Withheld::from));
    }

    @Override
    public Mono<JobSnapshot> find(JobId id) {
        Objects.requireNonNull(id, "id");
        return gate.see(Right.VIEW, () -> inspector().findWithTraces(id)).map(job -> shown(job, Withheld::from));
    }

    @Override
    public Mono<JobRecord> record(JobId id) {
        Objects.requireNonNull(id, "id");
        return gate.see(Right.VIEW, () -> inspector().record(id))
                .map(record -> shown(record, JobRecord::withoutValues));
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        Objects.requireNonNull(id, "id");
        return gate.decide(Act.CANCEL, id.toString(), () -> tools.cancel().apply(id), Answer::of);
    }

    @Override
    public Mono<Boolean> runNow(JobId id) {
        Objects.requireNonNull(id, "id");
        return gate.decide(Act.RUN_NOW, id.toString(), () -> decisions().runNow(id), Answer::ofWaiting);
    }

    @Override
    public Mono<RetryReport> retryFailed(FailedJobs which) {
        Objects.requireNonNull(which, "which");
        return gate.decide(Act.RETRY, Subject.of(which), () -> decisions().retryFailed(which), Answer::of);
    }

    @Override
    public Mono<JobId> probe(FailedJobs which) {
        Objects.requireNonNull(which, "which");
        return gate.decide(
                        Act.PROBE,
                        Subject.of(which),
                        () -> decisions().probe(which).map(Optional::of).defaultIfEmpty(Optional.empty()),
                        Answer::of)
                .flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<DiscardReport> discard(FailedJobs which) {
        Objects.requireNonNull(which, "which");
        return gate.decide(Act.DISCARD, Subject.of(which), () -> decisions().discard(which), Answer::of);
    }

    @Override
    public Mono<Void> pause(String queue) {
        Objects.requireNonNull(queue, "queue");
        return Mono.defer(() -> gate.decide(
                Act.PAUSE_QUEUE,
                JobConstraints.name("queue", queue),
                () -> decisions().pause(queue)));
    }

    @Override
    public Mono<Void> resume(String queue) {
        Objects.requireNonNull(queue, "queue");
        return Mono.defer(() -> gate.decide(
                Act.RESUME_QUEUE,
                JobConstraints.name("queue", queue),
                () -> decisions().resume(queue)));
    }

    @Override
    public Mono<Enqueued> enqueue(NewJob<?> job) {
        Objects.requireNonNull(job, "job");
        return gate.decide(Act.ENQUEUE, Subject.of(job), () -> tools.enqueue().apply(job), Answer::of);
    }

    @Override
    public Mono<SignalAnswer> signal(String key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        return Mono.defer(() -> gate.decide(
                Act.SIGNAL, JobConstraints.signalKey(key), () -> tools.signal().send(key, value), Answer::of));
    }

    @Override
    public Mono<AwaitedPage> awaiting(@Nullable String key, @Nullable String cursor, int most) {
        return gate.see(Right.VIEW, () -> AwaitedListing.page(tools.store().signals(), key, cursor, most));
    }

    @Override
    public Mono<JobExplanation> why(JobId id) {
        Objects.requireNonNull(id, "id");
        return gate.see(Right.VIEW, () -> inspector().why(id)).map(found -> shown(found, Withheld::from));
    }

    @Override
    public Flux<FailureCause> failureCauses() {
        return gate.seeAll(Right.VIEW, () -> inspector().failureCauses()).map(cause -> shown(cause, Withheld::from));
    }

    @Override
    public Flux<QueueSnapshot> queues() {
        return gate.seeAll(Right.VIEW, () -> inspector().queues());
    }

    @Override
    public Flux<WorkerSnapshot> workers() {
        return gate.seeAll(Right.VIEW, () -> inspector().workers());
    }

    @Override
    public Flux<JobTotals> totals() {
        return gate.seeAll(Right.VIEW, () -> inspector().totals());
    }

    @Override
    public Flux<LiveView> live() {
        return gate.seeAll(Right.VIEW, () -> tools.feed().views());
    }

    @Override
    public Mono<Activity> activity(Duration window, int buckets) {
        return gate.see(
                Right.VIEW, () -> tools.store().monitor().activity(ActivityBounds.width(window, buckets), buckets));
    }

    @Override
    public Flux<EndedJob> ended(EndedFilter filter) {
        Objects.requireNonNull(filter, "filter");
        return gate.seeAll(Right.VIEW, () -> EndedFeed.of(tools.store().monitor(), filter, tools.clock()))
                .map(job -> shown(job, Withheld::from));
    }

    @Override
    public Flux<EngineMark> marks(Duration back) {
        return gate.seeAll(Right.VIEW, () -> {
            if (back.isNegative() || back.isZero()) {
                throw new InvalidSettingException("back", back + " is not positive");
            }
            return tools.store().monitor().marks(back);
        });
    }

    @Override
    public Mono<AuditReport> audit() {
        return gate.see(Right.VIEW, () -> inspector().audit());
    }

    @Override
    public Mono<Diagnosis> diagnose() {
        return gate.see(Right.VIEW, () -> inspector().diagnose());
    }

    @Override
    public Flux<Decision> decisions(@Nullable Long before, int most) {
        return gate.seeAll(Right.VIEW, () -> {
            if (most < 1 || most > MOST_DECISIONS) {
                throw new InvalidSettingException("most", most + " is outside 1 to " + MOST_DECISIONS);
            }
            return tools.store().operatorLog().page(before, most);
        });
    }

    @Override
    public ScheduleOperator schedules() {
        return schedules;
    }

    @Override
    public BulkOperator bulk() {
        return bulk;
    }

    /** What this actor may see of it. */
    private <T> T shown(T whole, UnaryOperator<T> withheld) {
        return gate.allows(Right.VIEW_PAYLOAD) ? whole : withheld.apply(whole);
    }

    private JobDecisions decisions() {
        return tools.store().decisions();
    }

    private JobInspector inspector() {
        return tools.store().inspector();
    }
}
