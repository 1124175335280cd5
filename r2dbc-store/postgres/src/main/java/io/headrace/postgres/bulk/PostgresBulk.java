package io.headrace.postgres.bulk;

import io.headrace.FailedJobs;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkPreview;
import io.headrace.bulk.WaitingJobs;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.operate.FailedTombstones;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.BulkStore;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps bulk operations and carries out their chunks. */
public final class PostgresBulk implements BulkStore {

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final String start;
    private final String takeOver;
    private final String hold;
    private final String advance;
    private final String find;
    private final String list;
    private final String stop;
    private final String prune;
    private final Connections connections;
    private final FailedTombstones failed;
    private final Chunks chunks;
    private final Previews previews;

    public PostgresBulk(Statements statements, Connections connections) {
        this.start = statements.named("bulk/start");
        this.takeOver = statements.named("bulk/take_over");
        this.hold = statements.named("bulk/hold");
        this.advance = statements.named("bulk/advance");
        this.find = statements.named("bulk/find");
        this.list = statements.named("bulk/list");
        this.stop = statements.named("bulk/stop");
        this.prune = statements.named("bulk/prune");
        this.connections = connections;
        this.failed = new FailedTombstones(statements, connections);
        this.chunks = new Chunks(statements);
        this.previews = new Previews(statements, connections);
    }

    @Override
    public Mono<BulkOperation> start(BulkAction action, String by, long runner, Duration lease) {
        return one(
                start,
                statement -> Selection.of(action)
                        .bind(new Parameters(statement))
                        .value(by)
                        .value(runner)
                        .value(lease.toMillis())
                        .statement());
    }

    @Override
    public Mono<BulkOperation> takeOver(long runner, Duration lease) {
        return one(takeOver, statement -> statement.bind(0, runner).bind(1, lease.toMillis()));
    }

    @Override
    public Mono<BulkOperation> find(String id) {
        return number(id).flatMap(number -> one(find, statement -> statement.bind(0, number)));
    }

    /** Empty if it is not the id of an operation. */
    private static Mono<Long> number(String id) {
        return ID.matcher(id).matches() ? Mono.just(Long.parseLong(id)) : Mono.empty();
    }

    private Mono<BulkOperation> one(String sql, Function<Statement, Statement> bind) {
        return connections
                .work(sql, bind, OperationRow::operation)
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()))
                .onErrorMap(SqlErrors::of);
    }

    /** The lock first, and the chunk in the next statement: it sees what was committed while this one waited. */
    @Override
    public Mono<BulkOperation> step(String id, long runner, Duration lease) {
        return number(id)
                .flatMap(number -> connections.transaction(channel -> hold(channel, number, runner)
                        .flatMap(held -> held.isEmpty()
                                ? Mono.just(Optional.<BulkOperation>empty())
                                : step(channel, held.get(0), lease).map(Optional::of))))
                .flatMap(Mono::justOrEmpty)
                .onErrorMap(SqlErrors::of);
    }

    private Mono<List<HeldOperation>> hold(SqlChannel channel, long id, long runner) {
        return channel.rows(
                hold,
                statement -> statement.bind(0, id).bind(1, runner).bind(2, FailedTombstones.CHUNK),
                HeldOperation::of);
    }

    private Mono<BulkOperation> step(SqlChannel channel, HeldOperation held, Duration lease) {
        if (held.isAskedToStop()) {
            Chunk nothing = new Chunk(0, held.operation().raced(), held.at(), held.pass(), true);
            return end(channel, held, nothing, "STOPPED", lease);
        }
        return chunks.next(channel, held)
                .flatMap(chunk -> chunk.isLast()
                        ? end(channel, held, chunk, "DONE", lease)
                        : advance(channel, held, chunk, null, 0, lease));
    }

    private Mono<BulkOperation> end(SqlChannel channel, HeldOperation held, Chunk chunk, String state, Duration lease) {
        return pruned(channel, held.operation().action())
                .flatMap(pruned -> advance(channel, held, chunk, state, pruned, lease));
    }

    private Mono<Long> pruned(SqlChannel channel, BulkAction action) {
        return action.fold(new BulkAction.Cases<>() {
            @Override
            public Mono<Long> retry(FailedJobs which) {
                return failed.pruned(channel, which);
            }

            @Override
            public Mono<Long> discard(FailedJobs which) {
                return failed.pruned(channel, which);
            }

            @Override
            public Mono<Long> cancel(WaitingJobs which) {
                return Mono.just(0L);
            }
        });
    }

    private Mono<BulkOperation> advance(
            SqlChannel channel, HeldOperation held, Chunk chunk, @Nullable String end, long pruned, Duration lease) {
        return channel.rows(
                        advance,
                        statement -> chunk.at()
                                .bind(new Parameters(statement)
                                        .value(held.id())
                                        .value(lease.toMillis())
                                        .value(chunk.done())
                                        .value(chunk.raced()))
                                .value(chunk.pass())
                                .textOrNull(end)
                                .value(pruned)
                                .statement(),
                        OperationRow::operation)
                .map(rows -> rows.get(0));
    }

    @Override
    public Flux<BulkOperation> list(int most) {
        return connections
                .read(list, statement -> statement.bind(0, most), OperationRow::operation)
                .flatMapIterable(operations -> operations)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Void> stop(String id) {
        return number(id)
                .flatMap(number -> connections.work(stop, statement -> statement.bind(0, number), row -> row))
                .then()
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<BulkPreview> preview(BulkAction action) {
        return previews.preview(action).onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return connections
                .work(prune, statement -> statement.bind(0, retention.toMillis()), row -> Columns.number(row, "pruned"))
                .map(counts -> counts.get(0))
                .onErrorMap(SqlErrors::of);
    }
}
