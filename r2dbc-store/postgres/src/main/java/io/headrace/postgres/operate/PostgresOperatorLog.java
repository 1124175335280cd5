package io.headrace.postgres.operate;

import io.headrace.operate.Decision;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.NewDecision;
import io.headrace.spi.OperatorLog;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps the operator log. */
public final class PostgresOperatorLog implements OperatorLog {

    private static final int CHUNK = 1_000;

    private final String begin;
    private final String answer;
    private final String page;
    private final String prune;
    private final Connections connections;

    public PostgresOperatorLog(Statements statements, Connections connections) {
        this.begin = statements.named("operate/begin_decision");
        this.answer = statements.named("operate/answer_decision");
        this.page = statements.named("operate/decisions");
        this.prune = statements.named("operate/prune_decisions");
        this.connections = connections;
    }

    @Override
    public Mono<Long> begin(NewDecision decision) {
        return connections
                .work(
                        begin,
                        statement -> statement
                                .bind(0, decision.actor())
                                .bind(1, decision.action())
                                .bind(2, decision.subject()),
                        row -> Columns.number(row, "id"))
                .map(ids -> ids.get(0))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Void> answer(long id, @Nullable Long count, String text) {
        return connections
                .work(
                        answer,
                        statement -> new Parameters(statement)
                                .value(id)
                                .valueOrNull(count, Long.class)
                                .value(text)
                                .statement(),
                        row -> row)
                .then()
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<Decision> page(@Nullable Long before, int most) {
        return connections
                .read(
                        page,
                        statement -> statement
                                .bind(0, before == null ? Long.MAX_VALUE : before)
                                .bind(1, most),
                        PostgresOperatorLog::decision)
                .flatMapIterable(decisions -> decisions)
                .onErrorMap(SqlErrors::of);
    }

    private static Decision decision(Readable row) {
        return new Decision(
                Columns.number(row, "id"),
                Columns.time(row, "at"),
                Columns.text(row, "actor"),
                Columns.text(row, "action"),
                Columns.text(row, "subject"),
                row.get("affected", Long.class),
                row.get("answer", String.class));
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return connections
                .work(
                        prune,
                        statement -> statement.bind(0, retention.toMillis()).bind(1, CHUNK),
                        row -> Columns.number(row, "pruned"))
                .map(counts -> counts.get(0))
                .onErrorMap(SqlErrors::of);
    }
}
