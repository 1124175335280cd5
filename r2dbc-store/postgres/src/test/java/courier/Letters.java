package courier;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.Result;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

public final class Letters {

    record Letter(String to, String text) {}

    static final JobType<Letter> SEND = JobType.of("send-letter", Letter.class);

    private final ConnectionFactory database;
    private final PostgresJobStore store;
    private final JobEngine engine;

    private Letters(ConnectionFactory database) {
        this.database = database;
        this.store = PostgresJobStore.create(database);
        this.engine = JobEngine.builder(store)
                .subscribe(SEND, job -> send(job.payload()))
                .build();
    }

    public static void main(String[] args) {
        String url = args[0];
        PostgresMigrations.of(ConnectionFactoryOptions.parse(url)).migrate();
        Letters letters = new Letters(ConnectionFactories.get(url));
        Mono.usingWhen(
                        letters.engine.start().thenReturn(letters.engine.client()),
                        letters::run,
                        client -> letters.engine.stop().then(letters.store.close()))
                .block();
    }

    private Mono<Void> run(JobClient client) {
        return client.enqueue(SEND.job(new Letter("ada", "hello")))
                .concatWith(join(client, "grace"))
                .concatWith(join(client, "grace"))
                .onErrorResume(R2dbcDataIntegrityViolationException.class, e -> {
                    System.out.println("a member already");
                    return Mono.empty();
                })
                .flatMap(enqueued -> client.await(enqueued.id()))
                .doOnNext(update -> System.out.println(update.state()))
                .then();
    }

    private static Mono<Void> send(Letter letter) {
        return Mono.fromRunnable(() -> System.out.println("to " + letter.to() + ": " + letter.text()));
    }

    /** The letter is there when the member is, and not otherwise. */
    private Mono<Enqueued> join(JobClient client, String name) {
        return transaction(connection -> client.in(store.transaction(connection))
                .enqueue(SEND.job(new Letter(name, "welcome")))
                .delayUntil(enqueued -> insert(connection, name)));
    }

    private static Flux<Long> insert(Connection connection, String name) {
        return Flux.from(connection
                        .createStatement("INSERT INTO member (name) VALUES ($1)")
                        .bind(0, name)
                        .execute())
                .flatMap(Result::getRowsUpdated);
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
