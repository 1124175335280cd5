package io.headrace.postgres.step;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobSteps;
import io.headrace.spi.NewCursor;
import io.headrace.spi.NewStep;
import io.headrace.spi.StepStore;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Mono;

/** Records steps and cursors, each flush by one statement, and reads those of many jobs by another. Thread-safe. */
public final class PostgresSteps implements StepStore {

    /** Of values in one answer. A job with more is read alone. */
    private static final int MOST_BYTES = 4 << 20;

    private final String record;
    private final String move;
    private final String read;
    private final String open;
    private final Connections connections;

    public PostgresSteps(Statements statements, Connections connections) {
        this.record = statements.named("step/record");
        this.move = statements.named("step/move_cursors");
        this.read = statements.named("step/read");
        this.open = statements.named("step/open");
        this.connections = connections;
    }

    @Override
    public Mono<List<NewStep>> record(long worker, List<NewStep> steps) {
        return late(record, statement -> bindSteps(statement, worker, steps), steps);
    }

    @Override
    public Mono<List<NewCursor>> move(long worker, List<NewCursor> cursors) {
        return late(move, statement -> bindCursors(statement, worker, cursors), cursors);
    }

    private <T> Mono<List<T>> late(String sql, Function<Statement, Statement> bind, List<T> sent) {
        return connections
                .work(sql, bind, row -> sent.get((int) Columns.number(row, "nr") - 1))
                .onErrorMap(SqlErrors::of);
    }

    private static Statement bindSteps(Statement statement, long worker, List<NewStep> steps) {
        return new Parameters(statement)
                .value(worker)
                .value(leases(steps, NewStep::lease))
                .longs(steps, NewStep::lease)
                .longs(steps, NewStep::job)
                .integers(steps, step ->
                        (int) Math.min(Integer.MAX_VALUE, step.took().toMillis()))
                .texts(steps, NewStep::name)
                .texts(steps, NewStep::value)
                .statement();
    }

    private static Statement bindCursors(Statement statement, long worker, List<NewCursor> cursors) {
        return new Parameters(statement)
                .value(worker)
                .value(leases(cursors, NewCursor::lease))
                .longs(cursors, NewCursor::lease)
                .longs(cursors, NewCursor::job)
                .longs(cursors, NewCursor::nr)
                .longs(cursors, NewCursor::passed)
                .texts(cursors, NewCursor::value)
                .statement();
    }

    /** Each once. */
    private static <T> Long[] leases(List<T> of, ToLongFunction<T> lease) {
        return of.stream().mapToLong(lease).distinct().boxed().toArray(Long[]::new);
    }

    @Override
    public Mono<List<JobSteps>> read(List<Long> jobs) {
        return connections
                .work(
                        read,
                        statement -> new Parameters(statement)
                                .longs(jobs, job -> job)
                                .value(MOST_BYTES)
                                .statement(),
                        StepRow::of)
                .map(rows -> StepRow.byJob(jobs, rows))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<List<Boolean>> areOpen(List<String> transactions) {
        return connections
                .work(
                        open,
                        statement -> new Parameters(statement)
                                .texts(transactions, transaction -> transaction)
                                .statement(),
                        row -> Columns.flag(row, "open"))
                .onErrorMap(SqlErrors::of);
    }
}
