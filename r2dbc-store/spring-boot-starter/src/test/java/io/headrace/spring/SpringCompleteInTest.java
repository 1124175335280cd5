package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A transactional handler's rows and the completion of its job are committed together, or neither is. */
class SpringCompleteInTest extends SpringTransactionTests {

    @Component
    static class Press {
        private final DatabaseClient database;

        Press(DatabaseClient database) {
            this.database = database;
        }

        @HandlesJob(value = "grind", transactional = true)
        Mono<JobOutcome> press(Job<String> job) {
            return switch (job.payload()) {
                case "cracked" -> save(job).then(Mono.error(new IllegalStateException("the stone is cracked")));
                case "wet" -> save(job).thenReturn(JobOutcome.cancel("too wet"));
                case "result" -> save(job).thenReturn(JobOutcome.complete("flour"));
                case "next" -> save(job).thenReturn(JobOutcome.completeThen(GRIND.job("followed")));
                default -> save(job).then(Mono.empty());
            };
        }

        private Mono<Long> save(Job<String> job) {
            return database.sql("INSERT INTO orders VALUES ($1)")
                    .bind(0, job.payload())
                    .fetch()
                    .rowsUpdated();
        }
    }

    record Credit(String account, long cents) {}

    private static final JobType<Credit> CREDIT = JobType.of("credit", Credit.class);

    @Component
    static class Bank {
        private final DatabaseClient database;

        Bank(DatabaseClient database) {
            this.database = database;
        }

        @HandlesJob(value = "credit", transactional = true)
        Mono<Void> credit(Credit credit) {
            return database.sql("UPDATE account SET balance = balance + :cents WHERE name = :account")
                    .bind("cents", credit.cents())
                    .bind("account", credit.account())
                    .then();
        }
    }

    @BeforeEach
    @Override
    void start() {
        start(Press.class, Bank.class);
    }

    private JobId enqueue(String grain) {
        return client.enqueue(GRIND.job(grain)).block(PATIENCE).id();
    }

    private JobSnapshot ended(JobId id) {
        await().atMost(PATIENCE).until(() -> find(id).state() != JobState.LEASED && find(id).attempt() > 0);
        return find(id);
    }

    private JobSnapshot find(JobId id) {
        return client.find(id).block(PATIENCE);
    }

    private long rows() {
        return app.number("SELECT count(*) FROM %s.orders");
    }

    @Test
    void theRowsAndTheCompletionAreCommitted() {
        assertThat(ended(enqueue("rye")).state()).isEqualTo(JobState.COMPLETED);
        assertThat(rows()).isOne();
    }

    @Test
    void aMethodThatTakesThePayloadCreditsOnce() {
        app.execute("CREATE TABLE %s.account (name text, balance bigint)");
        app.execute("INSERT INTO %s.account VALUES ('ada', 0)");
        JobId id = client.enqueue(CREDIT.job(new Credit("ada", 500)))
                .block(PATIENCE)
                .id();

        assertThat(ended(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(app.number("SELECT balance FROM %s.account")).isEqualTo(500);
    }

    @Test
    void jobsOfOneLeaseHaveTransactionsOfTheirOwn() {
        List<JobId> ids =
                client
                        .enqueueAll(List.of(GRIND.job("rye"), GRIND.job("cracked"), GRIND.job("oats")))
                        .block(PATIENCE)
                        .stream()
                        .map(answer -> answer.id())
                        .toList();

        assertThat(ended(ids.get(0)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ended(ids.get(1)).state()).isEqualTo(JobState.PENDING);
        assertThat(ended(ids.get(2)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void anErrorRollsBack() {
        JobSnapshot job = ended(enqueue("cracked"));

        assertThat(job.state()).isEqualTo(JobState.PENDING);
        assertThat(job.failures().get(0).errorType()).isEqualTo(IllegalStateException.class.getName());
        assertThat(rows()).isZero();
    }

    @Test
    void anOutcomeThatDoesNotCompleteTheJobRollsBack() {
        assertThat(ended(enqueue("wet")).state()).isEqualTo(JobState.CANCELLED);
        assertThat(rows()).isZero();
    }

    @Test
    void theResultIsCommittedWithTheRows() {
        JobId id = enqueue("result");

        assertThat(client.await(id, String.class).block(PATIENCE)).isEqualTo("flour");
        assertThat(rows()).isOne();
    }

    @Test
    void whatFollowsRunsAfterTheCommit() {
        enqueue("next");

        await().atMost(Duration.ofSeconds(30)).until(() -> rows() == 2);
    }
}
