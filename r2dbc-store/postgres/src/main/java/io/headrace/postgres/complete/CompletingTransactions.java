package io.headrace.postgres.complete;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.enqueue.PostgresIntake;
import io.headrace.postgres.settle.EntailedRecords;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Transactions of callers, in which jobs are enqueued and completed, and steps are recorded. Thread-safe. */
public final class CompletingTransactions {

    private final String completeIn;
    private final String stepIn;
    private final Connections connections;
    private final PostgresIntake intake;
    private final EntailedRecords entailed;

    public CompletingTransactions(Statements statements, Connections connections, PostgresIntake intake) {
        this.completeIn = statements.named("complete/complete_in");
        this.stepIn = statements.named("step/step_in");
        this.connections = connections;
        this.intake = intake;
        this.entailed = new EntailedRecords(statements, intake);
    }

    /** The transaction of a connection. */
    public JobTransaction of(Connection connection) {
        SqlChannel channel = connections.lent(connection);
        return new CompletingTransaction(intake.transaction(channel), channel, this);
    }

    /** What the statement answered. */
    record Answer(String what, @Nullable String transaction) {
        static Answer of(Readable row) {
            return new Answer(Columns.text(row, "what"), row.get("transaction", String.class));
        }
    }

    /** @param expected the number of the transaction, if the answer was to ask again with it */
    Mono<Answer> complete(SqlChannel channel, long worker, Settlement completion, @Nullable String expected) {
        return channel.rows(completeIn, statement -> bind(statement, worker, completion, expected), Answer::of)
                .map(rows -> rows.get(0));
    }

    private static Statement bind(Statement statement, long worker, Settlement completion, @Nullable String expected) {
        return new Parameters(statement)
                .value(worker)
                .value(completion.lease())
                .value(completion.job())
                .value(completion.keyed())
                .textOrNull(expected)
                .statement();
    }

    /** @param expected the number of the transaction, if the answer was to ask again with it */
    Mono<Answer> record(SqlChannel channel, long worker, NewStep step, @Nullable String expected) {
        return channel.rows(stepIn, statement -> bind(statement, worker, step, expected), Answer::of)
                .map(rows -> rows.get(0));
    }

    private static Statement bind(Statement statement, long worker, NewStep step, @Nullable String expected) {
        return new Parameters(statement)
                .value(worker)
                .value(step.lease())
                .value(step.job())
                .value((int) Math.min(Integer.MAX_VALUE, step.took().toMillis()))
                .value(step.name())
                .textOrNull(step.value())
                .textOrNull(expected)
                .statement();
    }

    /** Records what the outcome entails: its result, and the jobs that follow. */
    Mono<Void> entail(SqlChannel channel, Settlement completion) {
        return entailed.recordIn(channel, completion);
    }
}
