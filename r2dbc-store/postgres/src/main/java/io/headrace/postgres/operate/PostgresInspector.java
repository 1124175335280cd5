package io.headrace.postgres.operate;

import io.headrace.AuditReport;
import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobTotals;
import io.headrace.JobUpdate;
import io.headrace.QueueSnapshot;
import io.headrace.WorkerSnapshot;
import io.headrace.operate.Diagnosis;
import io.headrace.operate.FailureCause;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobRecord;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.list.JobLists;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.headrace.postgres.upkeep.SchemaCheck;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobSlice;
import io.headrace.spi.PoolUse;
import io.headrace.spi.QueueDepth;
import io.headrace.spi.StoreHealth;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads for people. */
public final class PostgresInspector implements JobInspector {

    private final JobLists lists;
    private final String find;
    private final String record;
    private final String look;
    private final String why;
    private final String failureCauses;
    private final String queues;
    private final String workers;
    private final String servedQueues;
    private final String totals;
    private final String audit;
    private final String depths;
    private final Connections connections;
    private final SchemaCheck schema;
    private final Supplier<StoreHealth.WakeUps> wakeUps;
    private final Mono<Diagnosis> diagnosis;

    /**
     * Reads over the connections given.
     *
     * @param wakeUps whether those that asked for wake-ups would hear them now
     * @param diagnosis is made for each subscriber
     */
    public PostgresInspector(
            Statements statements,
            Connections connections,
            SchemaCheck schema,
            Supplier<StoreHealth.WakeUps> wakeUps,
            Mono<Diagnosis> diagnosis) {
        this.lists = new JobLists(statements, connections);
        this.find = statements.named("operate/find");
        this.record = statements.named("operate/record");
        this.look = statements.named("operate/look");
        this.why = statements.named("operate/why");
        this.failureCauses = statements.named("operate/failure_causes");
        this.queues = statements.named("operate/queues");
        this.workers = statements.named("operate/workers");
        this.servedQueues = statements.named("operate/served_queues");
        this.totals = statements.named("operate/totals");
        this.audit = statements.named("operate/audit");
        this.depths = statements.named("operate/depths");
        this.connections = connections;
        this.schema = schema;
        this.wakeUps = wakeUps;
        this.diagnosis = diagnosis;
    }

    @Override
    public Mono<JobSlice> jobs(JobFilter filter, @Nullable String position, int most) {
        return lists.slice(filter, position, most);
    }

    @Override
    public Mono<JobSnapshot> find(JobId id) {
        return find(id, false);
    }

    @Override
    public Mono<JobSnapshot> findWithTraces(JobId id) {
        return find(id, true);
    }

    private Mono<JobSnapshot> find(JobId id, boolean traces) {
        return find(id, traces, true)
                .onErrorResume(SqlErrors::isOverAPayload, error -> find(id, traces, false))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()))
                .onErrorMap(SqlErrors::of);
    }

    private Mono<List<JobSnapshot>> find(JobId id, boolean traces, boolean payload) {
        return connections.read(
                find,
                statement -> statement.bind(0, id.value()).bind(1, traces).bind(2, payload),
                row -> JobRows.snapshot(id, row));
    }

    /** For a decision, which does not wait for people's reads. */
    Mono<JobState> state(JobId id) {
        return connections
                .glance(
                        find,
                        statement ->
                                statement.bind(0, id.value()).bind(1, false).bind(2, false),
                        row -> JobState.valueOf(Columns.text(row, "state")))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    @Override
    public Mono<JobRecord> record(JobId id) {
        return connections
                .read(
                        record,
                        statement -> statement
                                .bind(0, id.value())
                                .bind(1, JobRecord.MOST_STEPS)
                                .bind(2, JobRecord.MOST_BYTES)
                                .bind(3, JobRecord.MOST_SIGNALS),
                        RecordRow::of)
                .map(rows -> RecordRow.record(id, rows))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<JobUpdate> look(Set<JobId> ids) {
        Long[] jobs = ids.stream().map(JobId::value).toArray(Long[]::new);
        return connections
                .read(look, statement -> statement.bind(0, jobs), JobRows::update)
                .flatMapIterable(updates -> updates)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<JobExplanation> why(JobId id) {
        return connections
                .read(why, statement -> statement.bind(0, id.value()), row -> WhyRow.explanation(id, row))
                .map(rows -> rows.get(0))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<FailureCause> failureCauses() {
        return connections
                .sample(failureCauses, statement -> statement.bind(0, MOST_CAUSES), CauseRow::of)
                .flatMapIterable(causes -> causes)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<QueueSnapshot> queues() {
        return connections
                .read(queues, statement -> statement, PostgresInspector::queue)
                .flatMapIterable(queues -> queues)
                .onErrorMap(SqlErrors::of);
    }

    private static QueueSnapshot queue(Readable row) {
        Long oldestDue = row.get("oldest_due_ms", Long.class);
        return new QueueSnapshot(
                Columns.text(row, "queue"),
                Columns.flag(row, "paused"),
                Columns.number(row, "due"),
                Columns.number(row, "scheduled"),
                Columns.number(row, "leased"),
                Columns.number(row, "failed"),
                oldestDue == null ? null : Duration.ofMillis(oldestDue),
                Columns.integer(row, "workers"));
    }

    @Override
    public Flux<WorkerSnapshot> workers() {
        return connections
                .read(workers, statement -> statement, WorkerRow::snapshot)
                .flatMapIterable(workers -> workers)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<String> servedQueues() {
        return connections
                .read(servedQueues, statement -> statement, row -> Columns.text(row, "queue"))
                .flatMapIterable(queues -> queues)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<JobTotals> totals() {
        return connections
                .read(totals, statement -> statement, PostgresInspector::totals)
                .flatMapIterable(totals -> totals)
                .onErrorMap(SqlErrors::of);
    }

    private static JobTotals totals(Readable row) {
        return new JobTotals(
                Columns.text(row, "queue"),
                Columns.text(row, "kind"),
                Columns.number(row, "completed"),
                Columns.number(row, "failed"),
                Columns.number(row, "cancelled"),
                Columns.number(row, "discarded"),
                Columns.number(row, "pruned_failed"));
    }

    @Override
    public Mono<AuditReport> audit() {
        return connections
                .readAll(audit, statement -> statement, AuditRow::of)
                .map(AuditRow::report)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<QueueDepth> depths() {
        return connections
                .glance(depths, statement -> statement, DepthRow::of)
                .flatMapIterable(depths -> depths)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<StoreHealth> health() {
        return schema.glance()
                .map(version -> new StoreHealth(version.newest(), version.problem(), wakeUps.get()))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Diagnosis> diagnose() {
        return diagnosis;
    }

    @Override
    public List<PoolUse> pools() {
        return connections.pools();
    }
}
