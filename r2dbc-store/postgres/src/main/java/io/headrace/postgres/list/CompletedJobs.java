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

/** Completed jobs, about the latest first: the tables' pages, from the last one on. */
final class CompletedJobs {

    private static final int MOST_SPANS = 100;

    /** Jobs whose own row has gone are not listed, but looked up, too. */
    private static final int SPARE = 50;

    private final String completed;
    private final Connections connections;

    CompletedJobs(Statements statements, Connections connections) {
        this.completed = statements.named("list/completed");
        this.connections = connections;
    }

    /**
     * A row of the answer.
     *
     * @param read how many pages were read at most
     * @param stopped where the search has come, {@code null} if it found enough or all there is
     * @param searchedTo when that was completed
     * @param listed {@code null} if none matched
     */
    private record Row(
            int read,
            @Nullable Position stopped,
            @Nullable Instant searchedTo,
            @Nullable Listed listed) {}

    /** @param position segment, page, row, before this job in it, and when the list began */
    Mono<JobSlice> slice(JobFilter filter, @Nullable String position, int most) {
        Position from = position == null ? Position.of(null, null, null, null, null) : Position.parse(position, 5);
        Long page = from.numberOrNull(1, -1, Integer.MAX_VALUE);
        Long row = from.numberOrNull(2, 0, RowPlace.LAST_ROW);
        return connections
                .list(
                        completed,
                        statement -> new Parameters(statement)
                                .valueOrNull(from.numberOrNull(0), Long.class)
                                .valueOrNull(page, Long.class)
                                .valueOrNull(row == null ? null : Integer.valueOf(row.intValue()), Integer.class)
                                .valueOrNull(from.numberOrNull(3), Long.class)
                                .textOrNull(filter.queue())
                                .textOrNull(filter.kind())
                                .value(MOST_SPANS)
                                .value(most + SPARE)
                                .value(most)
                                .valueOrNull(position == null ? null : from.moment(4), Instant.class)
                                .statement(),
                        CompletedJobs::row)
                .map(rows -> slice(rows, most));
    }

    private static Row row(Readable row) {
        Long stopped = row.get("stopped_segment", Long.class);
        Long segment = row.get("segment", Long.class);
        Instant began = Columns.time(row, "began");
        return new Row(
                (int) Columns.number(row, "read"),
                stopped == null
                        ? null
                        : position(
                                stopped, Columns.text(row, "stopped_place"), row.get("stopped_job", Long.class), began),
                row.get("stopped_at", Instant.class),
                segment == null
                        ? null
                        : new Listed(
                                new ItemRow(row, JobState.COMPLETED)
                                        .endedAt("at")
                                        .item(),
                                position(segment, Columns.text(row, "place"), row.get("job", Long.class), began)));
    }

    private static Position position(long segment, String place, @Nullable Long job, Instant began) {
        RowPlace at = RowPlace.of(place, 0);
        return Position.of(segment, at.page(), at.row(), job, began);
    }

    private static JobSlice slice(List<Row> rows, int most) {
        Row any = rows.get(0);
        List<Listed> found =
                rows.stream().map(Row::listed).filter(Objects::nonNull).toList();
        return Listed.isFull(found, most)
                ? Listed.full(found, most, any.read())
                : Listed.all(found, any.stopped(), any.searchedTo(), any.read());
    }
}
