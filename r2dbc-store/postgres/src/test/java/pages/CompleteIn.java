package pages;

import io.headrace.Job;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Result;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/complete-in-transaction.md. */
final class CompleteIn {

    record Credit(String account, long cents) {}

    static final JobType<Credit> CREDIT = JobType.of("credit-once", Credit.class);
    static final JobType<String> TELL = JobType.of("tell-owner", String.class);

    private final ConnectionFactory database;
    private final PostgresJobStore store;

    CompleteIn(ConnectionFactory database, PostgresJobStore store) {
        this.database = database;
        this.store = store;
    }

    Mono<Void> credit(Job<Credit> job) {
        return transaction(connection ->
                addToBalance(connection, job.payload()).then(job.completeIn(store.transaction(connection))));
    }

    Mono<Void> creditAndTell(Job<Credit> job) {
        String account = job.payload().account();
        return transaction(connection -> addToBalance(connection, job.payload())
                .then(job.completeIn(store.transaction(connection), JobOutcome.completeThen(TELL.job(account)))));
    }

    Mono<Void> creditSerializable(Job<Credit> job) {
        return job.prepareTransaction()
                .then(transaction(
                        connection -> Mono.from(connection.setTransactionIsolationLevel(IsolationLevel.SERIALIZABLE))
                                .then(addToBalance(connection, job.payload()))
                                .then(job.completeIn(store.transaction(connection)))));
    }

    private static Mono<Long> addToBalance(Connection connection, Credit credit) {
        return Flux.from(connection
                        .createStatement("UPDATE account SET balance = balance + $1 WHERE name = $2")
                        .bind(0, credit.cents())
                        .bind(1, credit.account())
                        .execute())
                .flatMap(Result::getRowsUpdated)
                .single();
    }

    private <T> Mono<T> transaction(Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(
                Mono.from(database.create()).delayUntil(Connection::beginTransaction),
                work,
                connection -> Flux.concat(connection.commitTransaction(), connection.close()),
                (connection, error) -> Flux.concat(connection.rollbackTransaction(), connection.close()),
                connection -> Flux.concat(connection.rollbackTransaction(), connection.close()));
    }
}
