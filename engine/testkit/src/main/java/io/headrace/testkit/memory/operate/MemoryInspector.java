package io.headrace.testkit.memory.operate;

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
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobSlice;
import io.headrace.spi.QueueDepth;
import io.headrace.spi.StoreHealth;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.DepthCount;
import io.headrace.testkit.memory.places.Steps;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows how things stand. */
public final class MemoryInspector implements JobInspector {

    private final Steps steps;
    private final Contents contents;

    public MemoryInspector(Steps steps, Contents contents) {
        this.steps = steps;
        this.contents = contents;
    }

    @Override
    public Mono<JobSnapshot> find(JobId id) {
        return findWithTraces(id).map(JobSnapshot::withoutTraces);
    }

    @Override
    public Mono<JobSnapshot> findWithTraces(JobId id) {
        return Mono.fromSupplier(() -> steps.locked(
                        () -> Optional.ofNullable(contents.places().find(id)).map(contents.places()::snapshot)))
                .flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<JobRecord> record(JobId id) {
        return steps.step(now -> new RecordStep(contents.places(), id).record());
    }

    @Override
    public Mono<JobSlice> jobs(JobFilter filter, @Nullable String position, int most) {
        return steps.step(now -> new ListStep(contents.places(), now).slice(filter, position, most));
    }

    @Override
    public Flux<JobUpdate> look(Set<JobId> ids) {
        return steps.step(now -> look(now).at(ids)).flatMapIterable(updates -> updates);
    }

    @Override
    public Mono<JobExplanation> why(JobId id) {
        return steps.step(now -> new WhyStep(contents, now).explain(id));
    }

    @Override
    public Flux<FailureCause> failureCauses() {
        return steps.step(now -> CauseCount.of(contents.places())).flatMapIterable(causes -> causes);
    }

    @Override
    public Flux<QueueSnapshot> queues() {
        return steps.step(now -> look(now).queues(contents.paused().keySet())).flatMapIterable(queues -> queues);
    }

    @Override
    public Flux<WorkerSnapshot> workers() {
        return steps.step(now -> look(now).workers()).flatMapIterable(all -> all);
    }

    @Override
    public Flux<String> servedQueues() {
        return workers()
                .filter(worker -> !worker.isSilent())
                .flatMapIterable(WorkerSnapshot::queues)
                .distinct();
    }

    @Override
    public Flux<JobTotals> totals() {
        return steps.step(now -> TotalsCount.of(contents.places())).flatMapIterable(totals -> totals);
    }

    @Override
    public Mono<AuditReport> audit() {
        return steps.step(now -> PlacesAudit.of(
                contents.places(),
                Stream.concat(
                                SchedulesAudit.of(contents.schedules(), contents.places()).stream(),
                                ResultsAudit.of(contents, now).stream())
                        .toList()));
    }

    @Override
    public Flux<QueueDepth> depths() {
        return steps.step(now -> DepthCount.of(contents.places(), now)).flatMapIterable(depths -> depths);
    }

    @Override
    public Mono<StoreHealth> health() {
        return Mono.fromSupplier(
                () -> new StoreHealth("in memory", null, contents.wakeUps().health()));
    }

    @Override
    public Mono<Diagnosis> diagnose() {
        return steps.step(now -> new DiagnoseStep(contents, now).diagnosis());
    }

    private LookStep look(Instant now) {
        return new LookStep(contents.places(), contents.workers().byId(), now);
    }
}
