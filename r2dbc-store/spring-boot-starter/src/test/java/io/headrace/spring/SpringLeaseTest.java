package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headrace.Enqueued;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Mono;

/** Jobs that are leased in transactions of Spring's start with the commit, and only if they are part of it. */
class SpringLeaseTest extends SpringTransactionTests {

    private DatabaseClient database;

    @BeforeEach
    void findDatabase() {
        database = app.bean(DatabaseClient.class);
    }

    private TransactionalOperator nested() {
        return TransactionalOperator.create(
                app.bean(ReactiveTransactionManager.class),
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    private Mono<Enqueued> enqueue(String grain) {
        return client.enqueue(GRIND.job(grain));
    }

    private Mono<Long> leases() {
        return database.sql("SELECT count(*) FROM " + app.schema() + ".lease")
                .map(row -> row.get(0, Long.class))
                .one();
    }

    private Mono<Void> run(String sql) {
        return database.sql(sql).then();
    }

    @Test
    void aJobIsLeasedInTheTransaction() {
        assertThat(enqueue("rye").then(leases()).as(transaction::transactional).block(PATIENCE))
                .isOne();

        hasGround("rye");
    }

    @Test
    void aNestedTransactionThatIsRolledBackTakesItsJobsWithIt() {
        Mono<Enqueued> undone = nested().execute(status -> enqueue("undone").doOnNext(any -> status.setRollbackOnly()))
                .single();

        enqueue("rye")
                .then(undone)
                .then(enqueue("oats"))
                .as(transaction::transactional)
                .block(PATIENCE);

        hasGround("rye");
        hasGround("oats");
        assertThat(jobs()).isEqualTo(2);
        assertThat(ground()).containsExactlyInAnyOrder("rye", "oats");
    }

    @Test
    void aNestedTransactionThatFailsAndIsHandledTakesItsJobsWithIt() {
        Mono<Object> failing = enqueue("undone")
                .flatMap(any -> Mono.error(new IllegalStateException("no sacks left")))
                .as(nested()::transactional)
                .onErrorComplete();

        enqueue("rye").then(failing).as(transaction::transactional).block(PATIENCE);

        hasGround("rye");
        assertThat(jobs()).isOne();
        assertThat(ground()).hasSize(1);
    }

    @Test
    void aNestedTransactionCommitsItsJobsWithTheOuterOne() {
        enqueue("rye")
                .then(enqueue("oats").as(nested()::transactional))
                .as(transaction::transactional)
                .block(PATIENCE);

        hasGround("rye");
        hasGround("oats");
    }

    @Test
    void aRollbackByHandStartsNothing() {
        enqueue("undone").then(run("ROLLBACK")).as(transaction::transactional).block(PATIENCE);

        enqueue("rye").as(transaction::transactional).block(PATIENCE);

        hasGround("rye");
        assertThat(ground()).hasSize(1);
        assertThat(jobs()).isOne();
    }

    @Test
    void whatIsEnqueuedAfterARollbackByHandCommitsByItself() {
        run("ROLLBACK").then(enqueue("rye")).as(transaction::transactional).block(PATIENCE);

        hasGround("rye");
    }

    @Test
    void aFailedStatementThatIsSwallowedStartsNothing() {
        assertThat(catchThrowable(() -> enqueue("undone")
                        .then(run("SELECT 1 / 0").onErrorComplete())
                        .as(transaction::transactional)
                        .block(PATIENCE)))
                .isNotNull();

        assertThat(jobs()).isZero();
        assertThat(ground()).isEmpty();
    }

    /** More of them than there are slots: each gives its slot back with the rollback. */
    @Test
    void rollbacksKeepNoSlots() {
        for (int i = 0; i < 100; i++) {
            transaction
                    .execute(status -> enqueue("undone").doOnNext(any -> status.setRollbackOnly()))
                    .blockLast(PATIENCE);
        }

        assertThat(enqueue("rye").then(leases()).as(transaction::transactional).block(PATIENCE))
                .isOne();
        hasGround("rye");
    }
}
