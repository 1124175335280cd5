package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobProducer;
import io.headrace.JobType;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** An application whose rows and jobs share a database. */
abstract class SpringTransactionTests {

    static final JobType<String> GRIND = JobType.of("grind", String.class);

    @Component
    static class Mill {
        final Queue<String> ground = new ConcurrentLinkedQueue<>();

        @HandlesJob("grind")
        Mono<Void> grind(String grain) {
            return Mono.fromRunnable(() -> ground.add(grain));
        }
    }

    /** A service as users write them: it saves a row and enqueues, in one transaction. */
    @Component
    static class Orders {
        private final DatabaseClient database;
        private final JobClient client;

        Orders(DatabaseClient database, JobClient client) {
            this.database = database;
            this.client = client;
        }

        @Transactional
        public Mono<Enqueued> order(String grain) {
            return save(grain).then(client.enqueue(GRIND.job(grain)));
        }

        @Transactional
        public Mono<Enqueued> orderAndFail(String grain) {
            return order(grain).flatMap(enqueued -> Mono.error(new IllegalStateException("no sacks left")));
        }

        private Mono<Long> save(String grain) {
            return database.sql("INSERT INTO orders VALUES ($1)")
                    .bind(0, grain)
                    .fetch()
                    .rowsUpdated();
        }
    }

    TestApp app;
    JobClient client;
    TransactionalOperator transaction;

    /** An engine that looks by itself twice a day: what it finds sooner it was told of. */
    void start(Class<?>... sources) {
        app = TestApp.of(sources)
                .with("headrace.queues.default.poll-interval", "12h")
                .migrated();
        app.execute("CREATE TABLE %s.orders (grain text)");
        app.with("spring.r2dbc.url", app.url() + "?schema=" + app.schema()).start();
        client = app.client();
        transaction = TransactionalOperator.create(app.bean(ReactiveTransactionManager.class));
        await().atMost(PATIENCE)
                .until(() -> app.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") == 1);
    }

    @BeforeEach
    void start() {
        start(Mill.class, Orders.class);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    Queue<String> ground() {
        return app.bean(Mill.class).ground;
    }

    long jobs() {
        return app.operator().audit().block(PATIENCE).jobs();
    }

    void hasGround(String grain) {
        await().atMost(PATIENCE).until(() -> ground().contains(grain));
    }

    JobProducer byItself() {
        return app.bean(TransactionalJobClient.class).ignoringTransaction();
    }
}
