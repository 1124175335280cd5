package io.headrace.postgres.list;

import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobSlice;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Waiting jobs, in the order of the index by which they are claimed. A key that more sets have than a call may read, such as
 * many jobs that are scheduled for the same moment, is listed {@linkplain WaitingRows row by row of the table}.
 */
final class WaitingJobs {

    /** Beyond those that are asked for, to have all with the last key. */
    private static final int SPARE = 100;

    private static final int MOST_READ = 900;

    private final String pending;
    private final Connections connections;
    private final WaitingRows rows;

    WaitingJobs(Statements statements, Connections connections) {
        this.pending = statements.named("list/pending");
        this.connections = connections;
        this.rows = new WaitingRows(statements, connections);
    }

    /**
     * A row of the answer.
     *
     * @param began the beginning of the list
     * @param read how many entries were read
     * @param cut the position at the last key, {@code null} if there were fewer entries than could be read
     * @param listed {@code null} if none matched
     */
    private record Row(
            WaitingPosition began,
            int read,
            @Nullable WaitingPosition cut,
            @Nullable Listed listed) {}

    Mono<JobSlice> slice(JobFilter filter, @Nullable String position, int most) {
        WaitingPosition from =
                position == null ? WaitingPosition.start(filter.queue()) : WaitingPosition.parse(position);
        // Of a kind in all queues there may be few among many: by rows, many more are read at the same cost.
        boolean byRows = from.end() != null || (filter.kind() != null && filter.queue() == null);
        return byRows ? rows.slice(filter, from, most) : byIndex(filter, from, most);
    }

    private Mono<JobSlice> byIndex(JobFilter filter, WaitingPosition from, int most) {
        int bound = filter.kind() == null ? most + SPARE : MOST_READ;
        return connections
                .list(
                        pending,
                        statement -> new Parameters(statement)
                                .value(from.queue())
                                .value((short) from.priority())
                                .value(from.runAt())
                                .value(from.place().text())
                                .value(from.place().job())
                                .valueOrNull(from.began(), Instant.class)
                                .valueOrNull(from.later(), Long.class)
                                .textOrNull(filter.queue())
                                .textOrNull(filter.kind())
                                .value(bound)
                                .value(most)
                                .statement(),
                        row -> row(row, from))
                .flatMap(answer -> slice(answer, filter, from, most));
    }

    private static Row row(Readable row, WaitingPosition from) {
        WaitingPosition list = from.since(Columns.time(row, "began"), Columns.number(row, "later"));
        String cut = row.get("cut_queue", String.class);
        Long job = row.get("job", Long.class);
        return new Row(
                list,
                (int) Columns.number(row, "read"),
                cut == null
                        ? null
                        : list.at(
                                cut,
                                Columns.integer(row, "cut_priority"),
                                Columns.time(row, "cut_run_at"),
                                RowPlace.START),
                job == null ? null : listed(row, list, job));
    }

    private static Listed listed(Readable row, WaitingPosition list, long job) {
        return new Listed(
                new ItemRow(row, JobState.PENDING).runAt("run_at").item(),
                list.at(
                                Columns.text(row, "queue"),
                                Columns.integer(row, "priority"),
                                Columns.time(row, "run_at"),
                                RowPlace.of(Columns.text(row, "place"), job))
                        .position());
    }

    private Mono<JobSlice> slice(List<Row> answer, JobFilter filter, WaitingPosition from, int most) {
        Row any = answer.get(0);
        List<Listed> found =
                answer.stream().map(Row::listed).filter(Objects::nonNull).toList();
        if (Listed.isFull(found, most)) {
            return Mono.just(Listed.full(found, most, any.read()));
        }
        WaitingPosition cut = any.cut();
        if (cut == null) {
            return Mono.just(Listed.all(found, null, null, any.read()));
        }
        if (from.hasKey(cut.queue(), cut.priority(), cut.runAt())) {
            return rows.slice(filter, any.began(), most);
        }
        return Mono.just(Listed.all(found, cut.position(), cut.runAt(), any.read()));
    }
}
