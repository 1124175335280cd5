package io.headrace.postgres;

import io.headrace.AttemptFailure;
import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobTotals;
import io.headrace.JobUpdate;
import io.headrace.QueueSnapshot;
import io.headrace.WorkerSnapshot;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.spi.JobInspector;
import io.headrace.spi.PoolUse;
import io.headrace.spi.QueueDepth;
import io.headrace.spi.StoreHealth;
import io.headrace.spi.WorkerId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads for people. */
final class PostgresInspector implements JobInspector {

    /** Made here, since making it takes a lock for which no event loop may wait. */
    private static final ObjectReader JSON = JsonMapper.shared().readerFor(JsonNode.class);

    private final Statements sql;
    private final SchemaName schema;
    private final Connections connections;
    private final Listener listener;

    PostgresInspector(Statements sql, SchemaName schema, Connections connections, Listener listener) {
        this.sql = sql;
        this.schema = schema;
        this.connections = connections;
        this.listener = listener;
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
                sql.find(),
                statement -> statement.bind(0, id.value()).bind(1, traces).bind(2, payload),
                row -> snapshot(id, row));
    }

    /** For a decision, which does not wait for people's reads. */
    Mono<JobState> state(JobId id) {
        return connections
                .glance(
                        sql.find(),
                        statement ->
                                statement.bind(0, id.value()).bind(1, false).bind(2, false),
                        row -> JobState.valueOf(Columns.text(row, "state")))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    private static JobSnapshot snapshot(JobId id, Readable row) {
        OffsetDateTime runAt = row.get("run_at", OffsetDateTime.class);
        return new JobSnapshot(
                id,
                JobState.valueOf(Columns.text(row, "state")),
                Columns.text(row, "queue"),
                Columns.text(row, "kind"),
                Columns.integer(row, "attempt"),
                runAt == null ? null : runAt.toInstant(),
                Columns.text(row, "payload"),
                row.get("unique_key", String.class),
                failures(Columns.text(row, "failures")));
    }

    private static List<AttemptFailure> failures(String json) {
        List<AttemptFailure> failures = new ArrayList<>();
        for (JsonNode failure : JSON.<JsonNode>readValue(json)) {
            failures.add(failure(failure));
        }
        return failures;
    }

    private static AttemptFailure failure(JsonNode failure) {
        return new AttemptFailure(
                failure.path("attempt").asInt(),
                OffsetDateTime.parse(failure.path("at").asString()).toInstant(),
                failure.path("type").asString(),
                textOrNull(failure.path("message")),
                textOrNull(failure.path("trace")));
    }

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }

    @Override
    public Flux<JobUpdate> look(Set<JobId> ids) {
        Long[] jobs = ids.stream().map(JobId::value).toArray(Long[]::new);
        return connections
                .read(sql.look(), statement -> statement.bind(0, jobs), PostgresInspector::update)
                .flatMapIterable(updates -> updates)
                .onErrorMap(SqlErrors::of);
    }

    private static JobUpdate update(Readable row) {
        OffsetDateTime runAt = row.get("run_at", OffsetDateTime.class);
        Integer percent = row.get("percent", Integer.class);
        String failure = row.get("failure", String.class);
        return new JobUpdate(
                new JobId(Columns.number(row, "id")),
                JobState.valueOf(Columns.text(row, "state")),
                Columns.integer(row, "attempt"),
                runAt == null ? null : runAt.toInstant(),
                percent == null ? null : new JobProgress(percent, row.get("message", String.class)),
                failure == null ? null : failure(JSON.<JsonNode>readValue(failure)));
    }

    @Override
    public Flux<QueueSnapshot> queues() {
        return connections
                .read(sql.queues(), statement -> statement, PostgresInspector::queue)
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
                .read(sql.workers(), statement -> statement, PostgresInspector::worker)
                .flatMapIterable(workers -> workers)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<String> servedQueues() {
        return connections
                .read(sql.servedQueues(), statement -> statement, row -> Columns.text(row, "queue"))
                .flatMapIterable(queues -> queues)
                .onErrorMap(SqlErrors::of);
    }

    private static WorkerSnapshot worker(Readable row) {
        return new WorkerSnapshot(
                new WorkerId(Columns.number(row, "id")).toString(),
                Columns.text(row, "name"),
                Set.of(Objects.requireNonNull(row.get("queues", String[].class))),
                Columns.time(row, "started_at"),
                Duration.ofMillis(Columns.number(row, "expires_in_ms")),
                Columns.number(row, "leases"),
                Columns.number(row, "jobs"));
    }

    @Override
    public Flux<JobTotals> totals() {
        return connections
                .read(sql.totals(), statement -> statement, PostgresInspector::totals)
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
                .readAll(sql.audit(), statement -> statement, AuditRow::of)
                .map(PostgresInspector::report)
                .onErrorMap(SqlErrors::of);
    }

    private static AuditReport report(List<AuditRow> rows) {
        AuditRow any = rows.get(0);
        return new AuditReport(
                any.jobs,
                any.pending,
                any.leased,
                any.completed,
                any.tombstones,
                any.pruned,
                rows.stream().map(AuditRow::finding).filter(Objects::nonNull).toList());
    }

    @Override
    public Flux<QueueDepth> depths() {
        return connections
                .glance(sql.depths(), statement -> statement, PostgresInspector::depth)
                .flatMapIterable(depths -> depths)
                .onErrorMap(SqlErrors::of);
    }

    private static QueueDepth depth(Readable row) {
        return new QueueDepth(
                Columns.text(row, "queue"),
                Columns.number(row, "due"),
                Columns.number(row, "scheduled"),
                Duration.ofMillis(Columns.number(row, "oldest_due_ms")),
                Columns.number(row, "leased"),
                Columns.number(row, "failed"),
                Columns.flag(row, "estimated"));
    }

    @Override
    public Mono<StoreHealth> health() {
        return Mono.defer(() -> {
                    SchemaVersion version = new SchemaVersion(schema);
                    return connections
                            .glance(sql.schemaVersion(), statement -> statement, version::take)
                            .map(rows -> new StoreHealth(version.newest(), version.problem(), listener.health()));
                })
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public List<PoolUse> pools() {
        return connections.pools();
    }

    /** The counts, which every row has, and a finding unless there is none. */
    private record AuditRow(
            long jobs,
            long pending,
            long leased,
            long completed,
            long tombstones,
            long pruned,
            AuditReport.@Nullable Finding finding) {

        static AuditRow of(Readable row) {
            String what = row.get("what", String.class);
            return new AuditRow(
                    Columns.number(row, "jobs"),
                    Columns.number(row, "pending"),
                    Columns.number(row, "leased"),
                    Columns.number(row, "completed"),
                    Columns.number(row, "tombstones"),
                    Columns.number(row, "pruned"),
                    what == null
                            ? null
                            : new AuditReport.Finding(
                                    AuditReport.What.valueOf(what),
                                    Columns.number(row, "found"),
                                    new JobId(Columns.number(row, "example"))));
        }
    }
}
