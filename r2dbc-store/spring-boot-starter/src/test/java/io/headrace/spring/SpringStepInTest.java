package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** A handler's rows and the record of its step are committed together, or neither is. */
class SpringStepInTest extends SpringTransactionTests {

    private static final JobType<String> BAKE = JobType.of("bake", String.class);

    @Component
    static class Baker {
        private final DatabaseClient database;
        private final TransactionalJobClient jobs;
        private final TransactionalOperator transactions;

        Baker(DatabaseClient database, TransactionalJobClient jobs, TransactionalOperator transactions) {
            this.database = database;
            this.jobs = jobs;
            this.transactions = transactions;
        }

        @HandlesJob("grind")
        Mono<Void> grind(Job<String> job) {
            // The second time as after a commit whose answer was lost.
            return switch (job.payload()) {
                case "cracked" -> transactions.transactional(save(job).then(cracked()));
                case "loose" -> save(job).then();
                default ->
                    transactions
                            .transactional(save(job))
                            .then(transactions.transactional(save(job)))
                            .then();
            };
        }

        @HandlesJob(value = "bake", transactional = true)
        Mono<Void> bake(Job<String> job) {
            return save(job).then(job.payload().equals("cracked") ? cracked() : Mono.empty());
        }

        private Mono<Long> save(Job<String> job) {
            return jobs.transaction()
                    .flatMap(transaction -> job.stepIn(
                            transaction,
                            "save",
                            Long.class,
                            () -> database.sql("INSERT INTO orders VALUES ($1)")
                                    .bind(0, job.payload())
                                    .fetch()
                                    .rowsUpdated()));
        }

        private static Mono<Void> cracked() {
            return Mono.error(new IllegalStateException("the stone is cracked"));
        }
    }

    record Payment(String account, long cents) {}

    private static final JobType<Payment> PAY = JobType.of("pay", Payment.class);

    @Component
    static class Cashier {
        private final DatabaseClient database;
        private final TransactionalJobClient jobs;
        private final TransactionalOperator transactions;
        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        Cashier(DatabaseClient database, TransactionalJobClient jobs, TransactionalOperator transactions) {
            this.database = database;
            this.jobs = jobs;
            this.transactions = transactions;
        }

        @HandlesJob("pay")
        Mono<Void> pay(Job<Payment> job) {
            return jobs.transaction()
                    .flatMap(transaction -> job.stepIn(transaction, "book", Long.class, () -> book(job.payload())))
                    .as(transactions::transactional)
                    .flatMap(balance -> job.step("tell", () -> tell(job.payload(), balance)));
        }

        private Mono<Long> book(Payment payment) {
            return database.sql("UPDATE account SET balance = balance - :cents WHERE name = :account RETURNING balance")
                    .bind("cents", payment.cents())
                    .bind("account", payment.account())
                    .mapValue(Long.class)
                    .one();
        }

        private Mono<Void> tell(Payment payment, long balance) {
            return Mono.fromRunnable(() -> told.add(payment.account() + " has " + balance));
        }
    }

    @BeforeEach
    @Override
    void start() {
        start(Baker.class, Cashier.class);
    }

    private JobSnapshot ended(JobType<String> type, String grain) {
        JobId id = client.enqueue(type.job(grain)).block(PATIENCE).id();
        await().atMost(PATIENCE).until(() -> find(id).state() != JobState.LEASED && find(id).attempt() > 0);
        return find(id);
    }

    private JobSnapshot find(JobId id) {
        return client.find(id).block(PATIENCE);
    }

    private void rowsAndSteps(long count) {
        assertThat(app.number("SELECT count(*) FROM %s.orders")).isEqualTo(count);
        assertThat(app.number("SELECT count(*) FROM %s.step")).isEqualTo(count);
    }

    @Test
    void theRowAndTheRecordAreCommittedOnce() {
        assertThat(ended(GRIND, "rye").state()).isEqualTo(JobState.COMPLETED);

        rowsAndSteps(1);
    }

    @Test
    void theValueIsThatOfTheWork() {
        app.execute("CREATE TABLE %s.account (name text, balance bigint)");
        app.execute("INSERT INTO %s.account VALUES ('ada', 900)");
        JobId id =
                client.enqueue(PAY.job(new Payment("ada", 500))).block(PATIENCE).id();

        await().atMost(PATIENCE).until(() -> find(id).state() == JobState.COMPLETED);
        assertThat(app.bean(Cashier.class).told).containsExactly("ada has 400");
        assertThat(app.number("SELECT balance FROM %s.account")).isEqualTo(400);
    }

    @Test
    void anErrorRollsBackBoth() {
        assertThat(ended(GRIND, "cracked").state()).isEqualTo(JobState.PENDING);

        rowsAndSteps(0);
    }

    @Test
    void inATransactionalHandlerTheyAreCommittedWithTheCompletion() {
        assertThat(ended(BAKE, "rye").state()).isEqualTo(JobState.COMPLETED);

        rowsAndSteps(1);
    }

    @Test
    void anErrorOfATransactionalHandlerRollsBackBoth() {
        assertThat(ended(BAKE, "cracked").state()).isEqualTo(JobState.PENDING);

        rowsAndSteps(0);
    }

    @Test
    void outsideOfATransactionThereIsNone() {
        JobSnapshot job = ended(GRIND, "loose");

        assertThat(job.failures().get(0).errorType()).isEqualTo(NoTransactionException.class.getName());
        assertThatThrownBy(() ->
                        app.bean(TransactionalJobClient.class).transaction().block(PATIENCE))
                .isInstanceOf(NoTransactionException.class)
                .hasMessageContaining("or within TransactionalOperator.transactional(…)");
        rowsAndSteps(0);
    }
}
