package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.InvalidJobException;
import io.headrace.JobProducer;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.postgres.TestServer;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What is enqueued in a reactive transaction of Spring's is there when it is committed, and never was if it is rolled back. */
class SpringTransactionTest extends SpringTransactionTests {

    @Test
    void aCommittedMethodLeavesRowAndJobAndWakesTheWorker() {
        app.bean(Orders.class).order("rye").block(PATIENCE);

        hasGround("rye");
        assertThat(app.number("SELECT count(*) FROM %s.orders")).isOne();
    }

    @Test
    void theWorkerOfThisProcessIsToldByTheCommitAndNotByTheServer() {
        PostgresqlConnection listener =
                TestServer.newest().connectionFactory().create().block(PATIENCE);
        try {
            Queue<String> notified = new ConcurrentLinkedQueue<>();
            listener.getNotifications().map(Notification::getParameter).subscribe(notified::add);
            listener.createStatement("LISTEN " + app.schema()).execute().blockLast(PATIENCE);

            Flux.range(0, 20)
                    .concatMap(i -> client.enqueue(GRIND.job("sack " + i)))
                    .as(transaction::transactional)
                    .blockLast(PATIENCE);
            await().atMost(PATIENCE).until(() -> ground().size() == 20);
            app.execute("SELECT pg_notify('" + app.schema() + "', 'after it')");
            await().atMost(PATIENCE).until(() -> notified.contains("after it"));

            assertThat(notified).containsExactly("after it");
        } finally {
            listener.close().block(PATIENCE);
        }
    }

    @Test
    void aMethodThatFailsLeavesNeither() {
        assertThat(catchThrowable(
                        () -> app.bean(Orders.class).orderAndFail("rye").block(PATIENCE)))
                .hasMessage("no sacks left");

        assertThat(app.number("SELECT count(*) FROM %s.orders")).isZero();
        assertThat(jobs()).isZero();
    }

    @Test
    void theOperatorDoesTheSame() {
        assertThat(transaction
                        .execute(status ->
                                client.enqueue(GRIND.job("rye")).doOnNext(enqueued -> status.setRollbackOnly()))
                        .blockLast(PATIENCE))
                .isNotNull();
        assertThat(jobs()).isZero();

        assertThat(client.enqueueAll(List.of(GRIND.job("rye"), GRIND.job("oats")))
                        .delayUntil(answers -> Mono.fromRunnable(() ->
                                assertThat(ground()).as("not before the commit").isEmpty()))
                        .as(transaction::transactional)
                        .block(PATIENCE))
                .hasSize(2);
        hasGround("rye");
        hasGround("oats");
    }

    @Test
    void aStreamJoinsAsWell() {
        Flux<Enqueued> streamed = client.enqueueAll(Flux.range(0, 1_200).map(i -> GRIND.job("sack " + i)));

        assertThat(transaction
                        .execute(status -> streamed.doOnComplete(status::setRollbackOnly))
                        .count()
                        .block(PATIENCE))
                .isEqualTo(1_200);
        assertThat(jobs()).isZero();
        assertThat(transaction.transactional(streamed).count().block(PATIENCE)).isEqualTo(1_200);
        await().atMost(PATIENCE).until(() -> ground().size() == 1_200);
    }

    @Test
    void termsJoinAsWell() {
        NewJob<String> once = GRIND.job("rye").throttle("mill", 1, Duration.ofHours(1));
        NewJob<String> late = GRIND.job("oats").debounce("mill", Duration.ofHours(1), Duration.ofHours(1));
        Mono<List<Enqueued>> both = client.enqueueAll(List.of(once, late));

        assertThat(transaction
                        .execute(status -> both.doOnNext(enqueued -> status.setRollbackOnly()))
                        .blockLast(PATIENCE))
                .allMatch(Enqueued::created);
        assertThat(jobs()).isZero();
        assertThat(both.as(transaction::transactional).block(PATIENCE)).allMatch(Enqueued::created);
        assertThat(both.as(transaction::transactional).block(PATIENCE))
                .extracting(Enqueued::reason)
                .containsExactly(Enqueued.Reason.THROTTLED, Enqueued.Reason.DEBOUNCED);
        hasGround("rye");
    }

    @Test
    void outsideOfOneItCommitsByItself() {
        client.enqueue(GRIND.job("rye")).block(PATIENCE);
        hasGround("rye");
    }

    @Test
    void aJobThatCannotBeEndsNothingButItself() {
        Enqueued enqueued = client.enqueue(JobType.of("grind", Object.class).job(new Object()))
                .onErrorResume(InvalidJobException.class, error -> client.enqueue(GRIND.job("rye")))
                .as(transaction::transactional)
                .block(PATIENCE);

        assertThat(enqueued.created()).isTrue();
        hasGround("rye");
    }

    @Test
    void oneThatRequiresATransactionFailsWithoutOne() {
        JobProducer requiring = app.bean(TransactionalJobClient.class).requiringTransaction();

        assertThat(catchThrowable(() -> requiring.enqueue(GRIND.job("rye")).block(PATIENCE)))
                .isInstanceOf(NoTransactionException.class)
                .hasMessageContaining("@Transactional");
        assertThat(catchThrowable(
                        () -> requiring.enqueueAll(Flux.just(GRIND.job("rye"))).blockLast(PATIENCE)))
                .isInstanceOf(NoTransactionException.class);
        assertThat(jobs()).isZero();
        requiring.enqueue(GRIND.job("rye")).as(transaction::transactional).block(PATIENCE);
        hasGround("rye");
    }

    @Test
    void oneThatIgnoresTheTransactionOutlivesIt() {
        JobProducer ignoring = app.bean(TransactionalJobClient.class).ignoringTransaction();

        assertThat(catchThrowable(() -> transaction
                        .execute(status -> ignoring.enqueue(GRIND.job("rye"))
                                .then(Mono.error(new IllegalStateException("no sacks left"))))
                        .blockLast(PATIENCE)))
                .hasMessage("no sacks left");

        hasGround("rye");
    }

    @Test
    void whatIsFoundAndCancelledIsNotOfTheTransaction() {
        Enqueued later =
                client.enqueue(GRIND.job("rye").delay(Duration.ofDays(1))).block(PATIENCE);

        assertThat(transaction
                        .execute(status -> client.cancel(later.id()).doOnNext(answer -> status.setRollbackOnly()))
                        .blockLast(PATIENCE))
                .isNotNull();

        assertThat(client.find(later.id()).block(PATIENCE).state()).hasToString("CANCELLED");
    }

    @Test
    void aConnectionWithoutSpringCarriesJobsAsWell() {
        TransactionalJobClient client = app.bean(TransactionalJobClient.class);

        Mono.usingWhen(
                        app.bean(ConnectionFactory.class).create(),
                        connection -> Mono.from(connection.beginTransaction())
                                .then(client.in(connection).enqueue(GRIND.job("rye")))
                                .then(Mono.from(connection.rollbackTransaction()))
                                .then(Mono.from(connection.beginTransaction()))
                                .then(client.in(connection).enqueue(GRIND.job("oats")))
                                .then(Mono.from(connection.commitTransaction())),
                        Connection::close)
                .block(PATIENCE);

        hasGround("oats");
        assertThat(jobs()).isOne();
    }

    @Test
    void aSlowTransactionDelaysNobodyElse() {
        Mono<Void> others = Flux.range(0, 200)
                .concatMap(i -> byItself().enqueue(GRIND.job("sack " + i)))
                .then(Mono.<Void>fromRunnable(() -> await().atMost(PATIENCE).until(() -> ground().size() == 200))
                        .subscribeOn(Schedulers.boundedElastic()));

        client.enqueue(GRIND.job("slow").uniqueKey("slow"))
                .delayUntil(enqueued -> others)
                .as(transaction::transactional)
                .block(PATIENCE);

        hasGround("slow");
        assertThat(ground()).hasSize(201);
    }
}
