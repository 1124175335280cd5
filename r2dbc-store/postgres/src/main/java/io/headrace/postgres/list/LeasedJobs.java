package io.headrace.postgres.list;

import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobSlice;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Leased jobs: all leases are read, since there are few. */
final class LeasedJobs {

    private static final Position START = Position.of(0, 0, null);

    private final String leased;
    private final Connections connections;

    LeasedJobs(Statements statements, Connections connections) {
        this.leased = statements.named("list/leased");
        this.connections = connections;
    }

    /** @param position lease, job, and the last lease of the list */
    Mono<JobSlice> slice(JobFilter filter, @Nullable String position, int most) {
        Position from = position == null ? START : Position.parse(position, 3);
        return connections
                .list(
                        leased,
                        statement -> new Parameters(statement)
                                .value(from.number(0))
                                .value(from.number(1))
                                .valueOrNull(from.numberOrNull(2), Long.class)
                                .textOrNull(filter.queue())
                                .textOrNull(filter.kind())
                                .value(most)
                                .statement(),
                        LeasedJobs::listed)
                .map(found -> Listed.slice(found, most));
    }

    private static Listed listed(Readable row) {
        return new Listed(
                new ItemRow(row, JobState.LEASED).worker().item(),
                Position.of(Columns.number(row, "lease"), Columns.number(row, "job"), Columns.number(row, "until")));
    }
}
