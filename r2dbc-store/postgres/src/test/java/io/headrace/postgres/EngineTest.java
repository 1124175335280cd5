package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headrace.AttemptFailure;
import io.headrace.Backoff;
import io.headrace.InvalidJobException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.RetryPolicy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The whole way, from enqueue to the end, on real servers. */
@OnEachServer
class EngineTest extends EngineTests {

    EngineTest(TestServer server) {
        super(server);
    }

    @Test
    void jobsAreHandledAndTheFailingEndAsTombstones() {
        RetryPolicy thrice = RetryPolicy.defaults().maxAttempts(3).backoff(Backoff.fixed(ofMillis(50)));
        JobEngine engine = start(JobEngine.builder(openStore())
                .subscribe(JobHandler.<String>of(
                                GRIND,
                                job -> job.payload().equals("stone")
                                        ? Mono.error(new IllegalStateException("attempt " + job.attempt()))
                                        : Mono.empty())
                        .retry(thrice)));

        JobId good = engine.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();
        JobId bad = engine.client()
                .enqueue(GRIND.job("stone").uniqueKey("s"))
                .block(PATIENCE)
                .id();

        awaitState(good, JobState.COMPLETED);
        awaitState(bad, JobState.FAILED);
        assertThat(find(bad).payload()).isEqualTo("\"stone\"");
        assertThat(find(bad).attempt()).isEqualTo(3);
        assertThat(find(bad).failures())
                .extracting(AttemptFailure::message)
                .containsExactly("attempt 1", "attempt 2", "attempt 3");
        assertThat(engine.client().findWithTraces(bad).block(PATIENCE).failures())
                .allSatisfy(failure -> {
                    assertThat(failure.errorType()).isEqualTo("java.lang.IllegalStateException");
                    assertThat(failure.trace()).contains("EngineTest");
                });
        assertThat(engine.client()
                        .enqueue(GRIND.job("stone").uniqueKey("s"))
                        .block(PATIENCE)
                        .created())
                .isFalse();
    }

    @Test
    void attemptsAndTheNextRunSurviveARestartOfEverything() {
        AtomicInteger attempts = new AtomicInteger();
        JobEngine first = start(JobEngine.builder(openStore()).subscribe(GRIND, job -> {
            attempts.incrementAndGet();
            return Mono.error(new IllegalStateException("no"));
        }));
        JobId id = first.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();
        await().atMost(PATIENCE).until(() -> find(id).state() == JobState.PENDING && find(id).attempt() == 1);
        JobSnapshot before = find(id);
        first.stop().block(PATIENCE);
        stores.get(0).close().block(PATIENCE);

        AtomicInteger attempt = new AtomicInteger();
        start(JobEngine.builder(openStore()).subscribe(GRIND, job -> {
            attempt.set(job.attempt());
            return Mono.empty();
        }));

        assertThat(find(id).runAt()).isEqualTo(before.runAt());
        assertThat(attempts).hasValue(1);
        schema.passTime(ofSeconds(5));
        awaitState(id, JobState.COMPLETED);
        assertThat(attempt).hasValue(2);
    }

    @Test
    void whatJacksonWritesAndJsonbRefusesIsTheGuiltyCallersErrorAlone() {
        JobType<Object> any = JobType.of("any", Object.class);
        JobClient client = JobClient.create(openStore());
        Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        Object tooLarge = Map.of("n", new BigDecimal("1e200000"));

        Long created = Flux.range(0, 200)
                .flatMap(
                        i -> client.enqueue(any.job(i == 100 ? tooLarge : i)).onErrorResume(error -> {
                            errors.add(error);
                            return Mono.empty();
                        }),
                        200)
                .count()
                .block(PATIENCE);

        assertThat(created).isEqualTo(199);
        assertThat(errors).singleElement().isInstanceOfSatisfying(InvalidJobException.class, e -> {
            assertThat(e.field()).isEqualTo("payload");
            assertThat(e).hasMessageContaining("rejected by PostgreSQL");
        });
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isEqualTo(199);
    }

    @Test
    void oneBadJobInABatchOfThousandsEnqueuesNone() {
        JobType<Object> any = JobType.of("any", Object.class);
        List<NewJob<Object>> jobs = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            jobs.add(any.job(i == 2_999 ? new BigDecimal("1e200000") : i));
        }

        Mono<?> enqueued = JobClient.create(openStore()).enqueueAll(jobs);

        assertThat(catchThrowable(() -> enqueued.block(PATIENCE))).isInstanceOf(InvalidJobException.class);
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.pending")).isZero();
    }
}
