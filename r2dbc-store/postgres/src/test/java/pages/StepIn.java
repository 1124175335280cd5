package pages;

import io.headrace.Job;
import io.headrace.JobType;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/steps.md that records a step in a transaction. */
final class StepIn {

    record Payment(String account, long cents) {}

    static final JobType<Payment> PAY = JobType.of("pay", Payment.class);

    /** Tells people what happened. */
    interface Mails {
        Mono<Void> send(String account, long balance);
    }

    private final ConnectionFactory database;
    private final PostgresJobStore store;
    private final Mails mails;

    StepIn(ConnectionFactory database, PostgresJobStore store, Mails mails) {
        this.database = database;
        this.store = store;
        this.mails = mails;
    }

    Mono<Void> pay(Job<Payment> job) {
        Payment payment = job.payload();
        return transaction(connection ->
                        job.stepIn(store.transaction(connection), "book", Long.class, () -> book(connection, payment)))
                .flatMap(balance -> job.step("tell", () -> mails.send(payment.account(), balance)));
    }

    private static Mono<Long> book(Connection connection, Payment payment) {
        return Flux.from(connection
                        .createStatement("UPDATE account SET balance = balance - $1 WHERE name = $2 RETURNING balance")
                        .bind(0, payment.cents())
                        .bind(1, payment.account())
                        .execute())
                .flatMap(result -> result.map(row -> row.get("balance", Long.class)))
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
