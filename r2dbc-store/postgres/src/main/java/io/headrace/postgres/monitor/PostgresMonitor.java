package io.headrace.postgres.monitor;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.Activity;
import io.headrace.operate.ActivityBucket;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.operate.EngineEnd;
import io.headrace.operate.EngineMark;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.operate.DepthRow;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobMonitor;
import io.headrace.spi.LiveReading;
import io.headrace.spi.WorkerId;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads samples, for people who watch. */
public final class PostgresMonitor implements JobMonitor {

    private final String live;
    private final String activity;
    private final String ended;
    private final String marks;
    private final Connections connections;

    /** Reads over the connections given. */
    public PostgresMonitor(Statements statements, Connections connections) {
        this.live = statements.named("monitor/live");
        this.activity = statements.named("monitor/activity");
        this.ended = statements.named("monitor/ended");
        this.marks = statements.named("monitor/marks");
        this.connections = connections;
    }

    /** A row: one for each queue, or a single one without if there is none. */
    private record LiveRow(Instant at, Optional<LiveReading.Queue> queue) {}

    @Override
    public Mono<LiveReading> live() {
        return connections
                .sample(live, statement -> statement, PostgresMonitor::liveRow)
                .map(PostgresMonitor::reading)
                .onErrorMap(SqlErrors::of);
    }

    private static LiveReading reading(List<LiveRow> rows) {
        return new LiveReading(
                rows.get(0).at(),
                rows.stream().flatMap(row -> row.queue().stream()).toList());
    }

    private static LiveRow liveRow(Readable row) {
        boolean isQueue = row.get("queue", String.class) != null;
        return new LiveRow(Columns.time(row, "at"), isQueue ? Optional.of(queue(row)) : Optional.empty());
    }

    private static LiveReading.Queue queue(Readable row) {
        return new LiveReading.Queue(
                DepthRow.of(row),
                Columns.flag(row, "paused"),
                rate(row, "completed"),
                rate(row, "retried"),
                rate(row, "died"));
    }

    private static double rate(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Double.class));
    }

    @Override
    public Mono<Activity> activity(Duration width, int buckets) {
        return connections
                .sample(
                        activity,
                        statement -> statement.bind(0, width.toMillis()).bind(1, buckets),
                        PostgresMonitor::activityRow)
                .map(rows -> new Activity(
                        width,
                        rows.stream().map(ActivityRow::bucket).toList(),
                        rows.stream().anyMatch(ActivityRow::isSampled)))
                .onErrorMap(SqlErrors::of);
    }

    private record ActivityRow(ActivityBucket bucket, boolean isSampled) {}

    private static ActivityRow activityRow(Readable row) {
        return new ActivityRow(
                new ActivityBucket(
                        Columns.time(row, "at"),
                        Columns.number(row, "completed"),
                        Columns.number(row, "retried"),
                        Columns.number(row, "failed")),
                Columns.flag(row, "is_sampled"));
    }

    @Override
    public Flux<EngineMark> marks(Duration back) {
        return connections
                .sample(marks, statement -> statement.bind(0, back.toMillis()), PostgresMonitor::mark)
                .flatMapIterable(marked -> marked)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<EndedJob> ended(EndedFilter filter) {
        return connections
                .sample(ended, statement -> bind(statement, filter), PostgresMonitor::endedJob)
                .flatMapIterable(jobs -> jobs)
                .onErrorMap(SqlErrors::of);
    }

    private static Statement bind(Statement statement, EndedFilter filter) {
        return new Parameters(statement)
                .textOrNull(filter.queue())
                .textOrNull(filter.kind())
                .value(filter.onlyFailed())
                .statement();
    }

    private static EndedJob endedJob(Readable row) {
        return new EndedJob(
                new JobId(Columns.number(row, "job")),
                JobState.valueOf(Columns.text(row, "state")),
                Columns.text(row, "queue"),
                Columns.text(row, "kind"),
                Columns.integer(row, "attempt"),
                Columns.time(row, "at"),
                row.get("error_type", String.class),
                row.get("message", String.class));
    }

    private static EngineMark mark(Readable row) {
        String ending = row.get("ending", String.class);
        return new EngineMark(
                new WorkerId(Columns.number(row, "worker")).toString(),
                Columns.text(row, "name"),
                row.get("version", String.class),
                Columns.time(row, "started_at"),
                row.get("ended_at", Instant.class),
                ending == null ? null : EngineEnd.valueOf(ending));
    }
}
