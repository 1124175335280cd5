package pages;

import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobType;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The three patterns of docs/idempotence.md. */
final class Idempotence {

    record Credit(String account, long cents) {}

    record Ship(long parcel) {}

    record Charge(String customer, long cents) {}

    static final JobType<Credit> CREDIT = JobType.of("credit-account", Credit.class);
    static final JobType<Ship> SHIP = JobType.of("ship-parcel", Ship.class);
    static final JobType<Charge> CHARGE = JobType.of("charge-customer", Charge.class);

    interface Payments {
        Mono<Void> charge(String idempotencyKey, String customer, long cents);
    }

    private final ConnectionFactory database;
    private final Payments payments;

    Idempotence(ConnectionFactory database, Payments payments) {
        this.database = database;
        this.payments = payments;
    }

    /** The first pattern: the job's id is the key of a row that is written with the effect. */
    Mono<Void> credit(Job<Credit> job) {
        return transaction(connection -> insertEntry(connection, job.id(), job.payload())
                .filter(inserted -> inserted == 1)
                .flatMap(first -> addToBalance(connection, job.payload()))
                .then());
    }

    private static Mono<Long> insertEntry(Connection connection, JobId id, Credit credit) {
        return update(
                connection,
                "INSERT INTO entry (job, account, cents) VALUES ($1, $2, $3) ON CONFLICT (job) DO NOTHING",
                id.value(),
                credit.account(),
                credit.cents());
    }

    private static Mono<Long> addToBalance(Connection connection, Credit credit) {
        return update(
                connection,
                "UPDATE account SET balance = balance + $1 WHERE name = $2",
                credit.cents(),
                credit.account());
    }

    /** The second pattern: the statement changes the state only if it is still the one before. */
    Mono<Void> ship(Job<Ship> job) {
        return transaction(connection -> update(
                        connection,
                        "UPDATE parcel SET state = 'shipped', shipments = shipments + 1 WHERE id = $1 AND state = 'paid'",
                        job.payload().parcel())
                .then());
    }

    /** The third pattern: another system recognizes the job's id. */
    Mono<Void> charge(Job<Charge> job) {
        Charge charge = job.payload();
        return payments.charge(job.id().toString(), charge.customer(), charge.cents());
    }

    private static Mono<Long> update(Connection connection, String sql, Object... values) {
        Statement statement = connection.createStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.bind(i, values[i]);
        }
        return Flux.from(statement.execute()).flatMap(Result::getRowsUpdated).single();
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
