package io.headrace.postgres.list;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.JobSlice;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Failed, cancelled and discarded jobs. */
final class Tombstones {

    private static final int MOST_READ = 800;

    private final String tombstones;
    private final Connections connections;

    Tombstones(Statements statements, Connections connections) {
        this.tombstones = statements.named("list/tombstones");
        this.connections = connections;
    }

    /**
     * A row of the answer.
     *
     * @param read how many tombstones were read
     * @param last the last of them, {@code null} if there are none
     * @param listed {@code null} if none of them matched
     */
    private record Row(
            int read, @Nullable Long last, @Nullable Listed listed) {}

    /** @param position before this job */
    Mono<JobSlice> slice(JobFilter filter, @Nullable String position, int most) {
        JobState state = Objects.requireNonNull(filter.state());
        String fingerprint = filter.fingerprint();
        int bound = isWhole(filter, state) ? most + 1 : MOST_READ;
        return connections
                .list(
                        tombstones,
                        statement -> new Parameters(statement)
                                .value(state.name())
                                .textOrNull(filter.queue())
                                .textOrNull(filter.kind())
                                .textOrNull(filter.uniqueKey())
                                .value(
                                        position == null
                                                ? Long.MAX_VALUE
                                                : Position.parse(position, 1).number(0))
                                .value(bound)
                                .value(most)
                                .valueOrNull(fingerprint == null ? null : Fingerprint.number(fingerprint), Long.class)
                                .statement(),
                        row -> row(row, state))
                .map(rows -> slice(rows, bound, most));
    }

    /** Whether an index has all of the filter, so that whatever is read matches. */
    private static boolean isWhole(JobFilter filter, JobState state) {
        long parts = Stream.of(filter.queue(), filter.kind(), filter.uniqueKey(), filter.fingerprint())
                .filter(Objects::nonNull)
                .count();
        return state == JobState.FAILED ? parts == 1 && filter.uniqueKey() == null : parts == 0;
    }

    private static Row row(Readable row, JobState state) {
        Long job = row.get("job", Long.class);
        return new Row(
                (int) Columns.number(row, "read"),
                row.get("last", Long.class),
                job == null
                        ? null
                        : new Listed(
                                new ItemRow(row, state)
                                        .endedAt("died_at")
                                        .error()
                                        .item(),
                                Position.of(job)));
    }

    private static JobSlice slice(List<Row> rows, int bound, int most) {
        Row any = rows.get(0);
        List<Listed> found =
                rows.stream().map(Row::listed).filter(Objects::nonNull).toList();
        if (Listed.isFull(found, most)) {
            return Listed.full(found, most, any.read());
        }
        Long last = any.last();
        return any.read() < bound || last == null
                ? Listed.all(found, null, null, any.read())
                : Listed.all(found, Position.of(last), new JobId(last).createdAt(), any.read());
    }
}
