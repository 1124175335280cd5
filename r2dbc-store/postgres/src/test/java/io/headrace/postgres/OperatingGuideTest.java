package io.headrace.postgres;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.StoreException;
import io.headrace.spi.ClaimRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What docs/guide-operating.md says of rights and what it has run, as it stands there. */
@OnEachServer
@Tag("slow")
class OperatingGuideTest extends GuideRoles {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);

    OperatingGuideTest(TestServer server) {
        super(server);
    }

    private PostgresJobStore open(TestServer as) {
        return PostgresJobStore.builder(as.connectionFactory())
                .schema(schema.name())
                .build();
    }

    @Test
    void theRightsOfAnEngineSufficeForItsWholeLife() {
        PostgresJobStore store = open(asApp);
        JobEngine engine = JobEngine.builder(store)
                .progressInterval(ofMillis(20))
                .client(c -> c.watchInterval(ofMillis(20)))
                .subscribe(JobHandler.<String>of(GRIND, job -> {
                            job.progress(50, "half");
                            return switch (job.payload()) {
                                case "fails" -> Mono.error(new IllegalStateException("no stones"));
                                case "snoozes" ->
                                    Mono.just(
                                            job.uniqueKey() == null
                                                    ? JobOutcome.cancel("no key")
                                                    : JobOutcome.complete());
                                default -> Mono.delay(ofMillis(50));
                            };
                        })
                        .retry(RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofMillis(10)))))
                .build();
        JobClient client = engine.client();
        JobOperator operator = engine.operator();
        try {
            engine.start().block(PATIENCE);
            assertThat(outcome(client, "rye", null)).isEqualTo(JobState.COMPLETED);
            assertThat(outcome(client, "rye", "key")).isEqualTo(JobState.COMPLETED);
            assertThat(outcome(client, "snoozes", null)).isEqualTo(JobState.CANCELLED);
            assertThat(outcome(client, "fails", "one")).isEqualTo(JobState.FAILED);
            assertThat(operator.retryFailed(FailedJobs.ofKind("grind"))
                            .block(PATIENCE)
                            .retried())
                    .isEqualTo(1);
            await().atMost(PATIENCE)
                    .until(() -> operator.totals().blockFirst(PATIENCE).failed() == 1);
            assertThat(operator.discard(FailedJobs.ofKind("grind"))
                            .block(PATIENCE)
                            .discarded())
                    .isEqualTo(1);
            decideAndLook(client, operator);
            sweepAndPrune(store);
            engine.stop().block(PATIENCE);
            assertThat(operator.audit().block(PATIENCE)).hasToString("ok");
        } finally {
            engine.stop(ofSeconds(1)).block(PATIENCE);
            store.close().block(PATIENCE);
        }
    }

    private static JobState outcome(JobClient client, String payload, String key) {
        JobId id = client.enqueue(
                        key == null ? GRIND.job(payload) : GRIND.job(payload).uniqueKey(key))
                .block(PATIENCE)
                .id();
        return client.await(id).block(PATIENCE).state();
    }

    private static void decideAndLook(JobClient client, JobOperator operator) {
        JobId later = client.enqueue(GRIND.job("rye").delay(ofHours(1)))
                .block(PATIENCE)
                .id();
        assertThat(client.find(later).block(PATIENCE).state()).isEqualTo(JobState.PENDING);
        assertThat(client.cancel(later).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
        operator.pause("default").block(PATIENCE);
        operator.resume("default").block(PATIENCE);
        assertThat(operator.queues().collectList().block(PATIENCE)).hasSize(1);
        assertThat(operator.workers().collectList().block(PATIENCE)).hasSize(1);
    }

    private void sweepAndPrune(PostgresJobStore store) {
        long lost = store.workers()
                .register("lost", Set.of("mill"), ofSeconds(30), false)
                .block(PATIENCE);
        JobClient.create(store).enqueue(GRIND.job("rye").queue("mill")).block(PATIENCE);
        assertThat(store.leases()
                        .claim(new ClaimRequest(
                                lost, "mill", Map.of("grind", new ClaimRequest.Terms(3, ofHours(1))), 10))
                        .block(PATIENCE)
                        .jobs())
                .hasSize(1);
        schema.execute(
                "UPDATE " + schema.name() + ".worker SET expires_at = now() - interval '1 s' WHERE name = 'lost'");
        schema.execute("UPDATE " + schema.name() + ".tombstone SET died_at = died_at - interval '30 days'");
        long living = store.workers()
                .register("living", Set.of("mill"), ofSeconds(30), false)
                .block(PATIENCE);
        assertThat(store.workers().sweep(living).block(PATIENCE).returned()).isEqualTo(1);
        store.workers().unregister(living).block(PATIENCE);
        assertThat(store.decisions().prune(ofDays(14)).block(PATIENCE)).isPositive();
        assertThat(store.decisions().pruneCompleted(ofDays(7)).block(PATIENCE)).isNotNull();
        assertThat(schema.number("SELECT count(*) FROM %s.segment WHERE said LIKE 'FAILED%'"))
                .isZero();
    }

    @Test
    void theRightsOfAProducerSufficeToEnqueueAndForNothingElse() {
        PostgresJobStore store = open(asProducer);
        try {
            JobClient client = JobClient.create(store);
            List<Enqueued> answers = Flux.just(
                            GRIND.job("rye"),
                            GRIND.job("rye").uniqueKey("a"),
                            GRIND.job("rye").uniqueKey("a"))
                    .concatMap(client::enqueue)
                    .collectList()
                    .block(PATIENCE);

            assertThat(answers).extracting(Enqueued::created).containsExactly(true, true, false);
            assertThat(store.inspector().servedQueues().collectList().block(PATIENCE))
                    .as("asked by every client that enqueues")
                    .isEmpty();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> client.find(answers.get(0).id()).block(PATIENCE))
                    .withMessageContaining("docs/guide-operating.md");
        } finally {
            store.close().block(PATIENCE);
        }
    }

    @Test
    void theQueriesToLookAtRun() throws IOException {
        List<String> queries = blocks("");

        assertThat(queries).hasSizeGreaterThan(5);
        queries.forEach(schema::execute);
    }
}
