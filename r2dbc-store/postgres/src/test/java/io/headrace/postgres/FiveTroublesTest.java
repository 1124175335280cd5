package io.headrace.postgres;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.RetryReport;
import io.headrace.StillEmptyException;
import io.headrace.spi.ClaimRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The five troubles that Headrace grew out of, each solved. */
@OnEachServer
@Tag("slow")
class FiveTroublesTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);

    private final TestSchema schema;
    private final List<JobEngine> engines = new ArrayList<>();
    private final List<PostgresJobStore> stores = new ArrayList<>();

    FiveTroublesTest(TestServer server) {
        this.schema = TestSchema.reused(server);
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            engines.forEach(this::stop);
            schema.audit();
        } finally {
            stores.forEach(store -> store.close().block(PATIENCE));
            schema.close();
        }
    }

    private JobEngine start(JobHandler<String> handler) {
        PostgresJobStore store = schema.open(9);
        stores.add(store);
        JobEngine engine = JobEngine.builder(store).subscribe(handler).build();
        engines.add(engine);
        engine.start().block(PATIENCE);
        return engine;
    }

    private void stop(JobEngine engine) {
        engine.stop(ofSeconds(1)).block(PATIENCE);
    }

    private JobSnapshot find(JobId id) {
        return schema.store().inspector().find(id).block(PATIENCE);
    }

    private JobSnapshot awaitAttempt(JobId id, int attempt, JobState state) {
        await().atMost(PATIENCE).until(() -> find(id).attempt() == attempt && find(id).state() == state);
        return find(id);
    }

    private static JobHandler<String> failing() {
        return JobHandler.of(GRIND, job -> Mono.error(new IllegalStateException("the stone is cracked")));
    }

    private static Duration waitOf(JobSnapshot job) {
        Instant failedAt = job.failures().get(job.failures().size() - 1).at();
        return Duration.between(failedAt, job.runAt());
    }

    @Test
    void aTaskThatFailedIsNotRetriedInATightLoopNorAfterARestart() {
        JobEngine engine = start(failing());
        JobId id = engine.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();

        assertThat(waitOf(awaitAttempt(id, 1, JobState.PENDING))).isEqualTo(ofSeconds(5));
        stop(engine);
        Instant runAt = find(id).runAt();
        start(failing());
        assertThat(find(id).runAt()).isEqualTo(runAt);
        schema.passTime(ofSeconds(5));
        assertThat(waitOf(awaitAttempt(id, 2, JobState.PENDING))).isEqualTo(ofSeconds(10));
        schema.passTime(ofSeconds(10));
        assertThat(waitOf(awaitAttempt(id, 3, JobState.PENDING))).isEqualTo(ofSeconds(20));
    }

    @Test
    void aJobWhoseProcessDiedIsTakenOverOnceAtStartUp() {
        JobId id = JobClient.create(schema.store())
                .enqueue(GRIND.job("rye"))
                .block(PATIENCE)
                .id();
        long dead = schema.store()
                .workers()
                .register("dead", Set.of("default"), ofSeconds(30), false)
                .block(PATIENCE);
        schema.store()
                .leases()
                .claim(new ClaimRequest(dead, "default", Map.of("grind", new ClaimRequest.Terms(3, ofMinutes(5))), 10))
                .block(PATIENCE);
        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
        schema.passTime(ofSeconds(31));

        AtomicInteger handled = new AtomicInteger();
        JobHandler<String> counting = JobHandler.of(GRIND, job -> Mono.fromRunnable(handled::incrementAndGet));
        start(counting);
        start(counting);

        awaitAttempt(id, 1, JobState.COMPLETED);
        assertThat(handled).hasValue(1);
    }

    @Test
    void aWorkerThatReadsBeforeARowIsVisibleLooksAgainAndNeverGivesUpInSilence() {
        AtomicReference<String> row = new AtomicReference<>();
        AtomicInteger reads = new AtomicInteger();
        JobHandler<String> reader = JobHandler.of(
                GRIND,
                job -> Mono.defer(() -> {
                            reads.incrementAndGet();
                            return job.payload().equals("broken")
                                    ? Mono.<String>error(new IllegalStateException("refused"))
                                    : Mono.justOrEmpty(row.get());
                        })
                        .repeatWhenEmpty(Backoff.linear(ofMillis(200)).whenEmpty(5)));
        JobEngine engine = start(reader.retry(RetryPolicy.never()));

        JobId never =
                engine.client().enqueue(GRIND.job("never")).block(PATIENCE).id();
        assertThat(awaitAttempt(never, 1, JobState.FAILED).failures().get(0).errorType())
                .isEqualTo(StillEmptyException.class.getName());
        assertThat(reads).hasValue(5);

        JobId broken =
                engine.client().enqueue(GRIND.job("broken")).block(PATIENCE).id();
        assertThat(awaitAttempt(broken, 1, JobState.FAILED).failures().get(0).message())
                .isEqualTo("refused");
        assertThat(reads).as("an error passes at once").hasValue(6);

        JobId late = engine.client().enqueue(GRIND.job("late")).block(PATIENCE).id();
        await().atMost(PATIENCE).until(() -> reads.get() >= 7);
        row.set("written by somebody else");
        awaitAttempt(late, 1, JobState.COMPLETED);
    }

    @Test
    void aFailedJobDoesNotStayDeadWithTheOldConfiguration() {
        JobEngine old = start(failing().retry(RetryPolicy.defaults().maxAttempts(1)));
        JobId id = old.client()
                .enqueue(GRIND.job("rye").uniqueKey("rye"))
                .block(PATIENCE)
                .id();
        awaitAttempt(id, 1, JobState.FAILED);
        assertThat(old.client()
                        .enqueue(GRIND.job("rye").uniqueKey("rye"))
                        .block(PATIENCE)
                        .id())
                .as("nobody serves it again until a person decides")
                .isEqualTo(id);
        stop(old);

        JobEngine deployedNow =
                start(failing().retry(RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofMillis(10)))));
        assertThat(deployedNow
                        .operator()
                        .retryFailed(FailedJobs.ofKind("grind"))
                        .block(PATIENCE))
                .isEqualTo(new RetryReport(1, 1, 0, 0));

        assertThat(awaitAttempt(id, 2, JobState.FAILED).failures())
                .as("bounded")
                .hasSize(3);
    }

    @Test
    void failedRowsStayUntilTheirRetentionIsOverAndTheAnswerSaysWhatBecameOfThem() {
        JobEngine engine = start(failing().retry(RetryPolicy.never()));
        JobId id = engine.client().enqueue(GRIND.job("rye")).block(PATIENCE).id();
        awaitAttempt(id, 1, JobState.FAILED);
        stop(engine);
        schema.passTime(ofDays(14).minusHours(1));
        assertThat(schema.store().decisions().prune(ofDays(14)).block(PATIENCE)).isZero();

        schema.passTime(ofDays(1));
        assertThat(schema.store().decisions().prune(ofDays(14)).block(PATIENCE)).isEqualTo(1);

        assertThat(JobOperator.create(schema.store())
                        .retryFailed(FailedJobs.byId(List.of(id)))
                        .block(PATIENCE))
                .isEqualTo(new RetryReport(0, 0, 0, 1));
        assertThat(schema.number("SELECT sum(size) FROM %s.pruned WHERE state = 'FAILED' AND kind = 'grind'"))
                .isEqualTo(1);
    }
}
