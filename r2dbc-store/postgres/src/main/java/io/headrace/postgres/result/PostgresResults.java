package io.headrace.postgres.result;

import io.headrace.JobId;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.operate.EndRow;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.AwaitRequest;
import io.headrace.spi.EndsRequest;
import io.headrace.spi.JobEnd;
import io.headrace.spi.ResultStore;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Knows how jobs ended, and who waits for that. */
public final class PostgresResults implements ResultStore {

    private final String await;
    private final String ends;
    private final Connections connections;
    private final AwaitingClients awaiting;

    public PostgresResults(Statements statements, Connections connections, AwaitingClients awaiting) {
        this.await = statements.named("result/await");
        this.ends = statements.named("result/ends");
        this.connections = connections;
        this.awaiting = awaiting;
    }

    @Override
    public Mono<List<JobEnd>> await(AwaitRequest request) {
        return Mono.defer(() -> {
                    if (request.ofEngine()) {
                        awaiting.isOwn(request.client());
                    }
                    return connections.work(
                            await,
                            statement -> statement
                                    .bind(0, request.client())
                                    .bind(1, ids(request.jobs()))
                                    .bind(2, ids(request.noMore()))
                                    .bind(3, request.expiry().toMillis())
                                    .bind(4, request.announced())
                                    .bind(5, MOST_ENDS),
                            PostgresResults::endIfAny);
                })
                .map(rows -> rows.stream().flatMap(Optional::stream).toList())
                .onErrorMap(SqlErrors::of);
    }

    private static Optional<JobEnd> endIfAny(Readable row) {
        return row.get("id", Long.class) == null ? Optional.empty() : Optional.of(EndRow.end(row));
    }

    @Override
    public Mono<List<JobEnd>> ends(EndsRequest request) {
        return connections
                .work(
                        ends,
                        statement -> statement
                                .bind(0, ids(request.jobs()))
                                .bind(1, ids(request.completed()))
                                .bind(2, request.attempts()),
                        EndRow::end)
                .onErrorMap(SqlErrors::of);
    }

    private static Long[] ids(Set<JobId> jobs) {
        return jobs.stream().map(JobId::value).toArray(Long[]::new);
    }
}
