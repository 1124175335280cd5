package pages;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobType;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/transactions.md. */
final class Transactions {

    record Letter(String to, String text) {}

    static final JobType<Letter> SEND = JobType.of("send-letter", Letter.class);

    private final ConnectionFactory database;
    private final PostgresJobStore store;
    private final JobClient client;

    Transactions(ConnectionFactory database, PostgresJobStore store) {
        this.database = database;
        this.store = store;
        this.client = JobClient.create(store);
    }

    Mono<Enqueued> join(String name) {
        return transaction(connection -> insertMember(connection, name)
                .then(client.in(store.transaction(connection)).enqueue(SEND.job(new Letter(name, "welcome")))));
    }

    private static Mono<Long> insertMember(Connection connection, String name) {
        return Flux.from(connection
                        .createStatement("INSERT INTO member (name) VALUES ($1)")
                        .bind(0, name)
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
