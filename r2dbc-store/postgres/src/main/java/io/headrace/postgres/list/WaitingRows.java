package io.headrace.postgres.list;

import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobSlice;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Waiting jobs, row by row of the table, a span of pages a call: those of one key, or those of one kind in all queues. */
final class WaitingRows {

    private static final int MOST_PAGES = 900;

    private final String rows;
    private final Connections connections;

    WaitingRows(Statements statements, Connections connections) {
        this.rows = statements.named("list/pending_rows");
        this.connections = connections;
    }

    /**
     * A row of the answer.
     *
     * @param last how many pages the table has
     * @param until the page before which was read
     * @param listed {@code null} if none matched
     */
    private record Row(long last, long until, @Nullable Listed listed) {}

    Mono<JobSlice> slice(JobFilter filter, WaitingPosition from, int most) {
        return connections
                .list(
                        rows,
                        statement -> new Parameters(statement)
                                .textOrNull(from.isOfOneKey() ? from.queue() : null)
                                .value((short) from.priority())
                                .value(from.runAt())
                                .value(from.place().page())
                                .value(from.place().row())
                                .value(from.place().job())
                                .valueOrNull(from.end(), Long.class)
                                .textOrNull(filter.kind())
                                .value(MOST_PAGES)
                                .value(most)
                                .statement(),
                        row -> row(row, from))
                .map(rows -> slice(rows, from, most));
    }

    private static Row row(Readable row, WaitingPosition from) {
        long last = Columns.number(row, "last");
        Long job = row.get("job", Long.class);
        return new Row(last, Columns.number(row, "until"), job == null ? null : listed(row, from.byRows(last), job));
    }

    private static Listed listed(Readable row, WaitingPosition from, long job) {
        JobItem item = new ItemRow(row, JobState.PENDING).runAt("run_at").item();
        return new Listed(
                item, from.at(RowPlace.of(Columns.text(row, "place"), job)).position());
    }

    private static JobSlice slice(List<Row> rows, WaitingPosition from, int most) {
        Row any = rows.get(0);
        List<Listed> found =
                rows.stream().map(Row::listed).filter(Objects::nonNull).toList();
        if (Listed.isFull(found, most)) {
            return Listed.full(found, most, MOST_PAGES);
        }
        if (any.until() < any.last()) {
            WaitingPosition next = from.byRows(any.last()).at(new RowPlace(any.until(), 0, 0));
            return Listed.all(found, next.position(), from.isOfOneKey() ? from.runAt() : null, MOST_PAGES);
        }
        return from.isOfOneKey()
                ? Listed.all(found, from.beyond().position(), from.runAt(), MOST_PAGES)
                : Listed.all(found, null, null, MOST_PAGES);
    }
}
