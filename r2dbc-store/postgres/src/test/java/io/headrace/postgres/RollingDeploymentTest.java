package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import reactor.core.publisher.Mono;

/** Engines of the previous version go on working on this version's schema, beside engines of this version. */
@Tag("slow")
class RollingDeploymentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final JobType<String> SIFT = JobType.of("sift", String.class);
    private static final JobType<String> LATER = JobType.of("later", String.class);

    /** Grinding works at the second attempt; sifting fails for good, until a person has it retried. */
    private static JobEngine engine(JobStore store, Set<String> mended) {
        return JobEngine.builder(store)
                .heartbeatInterval(Duration.ofMillis(500))
                .workerExpiry(Duration.ofSeconds(5))
                .sweepInterval(Duration.ofSeconds(1))
                .subscribe(JobHandler.<String>of(
                                GRIND,
                                job -> job.attempt() > 1
                                        ? Mono.empty()
                                        : Mono.error(new IllegalStateException("no stones")))
                        .retry(RetryPolicy.defaults().backoff(Backoff.fixed(Duration.ofMillis(10)))))
                .subscribe(JobHandler.<String>of(
                                SIFT,
                                job -> mended.isEmpty() ? Mono.error(new IllegalStateException("torn")) : Mono.empty())
                        .retry(RetryPolicy.never()))
                .enqueues(LATER)
                .build();
    }

    @OnEachServer
    void bothVersionsWorkOnOneSchemaAtATime(TestServer server) {
        TestSchema schema = new TestSchema(server, PreviousVersion.STATEMENTS).withSegments(1);
        PostgresJobStore today = schema.open(9);
        Set<String> mended = ConcurrentHashMap.newKeySet();
        JobEngine before = engine(schema.store(), mended);
        JobEngine after = engine(today, mended);
        try {
            long dead = schema.store()
                    .workers()
                    .register("dead", Set.of("default"), Duration.ofSeconds(3), false)
                    .block(PATIENCE);
            enqueue(JobClient.create(schema.store()), GRIND, 20);
            assertThat(schema.store()
                            .leases()
                            .claim(new ClaimRequest(
                                    dead,
                                    "default",
                                    Map.of("grind", new ClaimRequest.Terms(3, Duration.ofHours(1))),
                                    10))
                            .block(PATIENCE)
                            .jobs())
                    .isNotEmpty();
            before.start().then(after.start()).block(PATIENCE);
            for (JobEngine each : List.of(before, after)) {
                enqueue(each.client(), GRIND, 500);
                enqueue(each.client(), SIFT, 20);
                JobId unwanted = each.client()
                        .enqueue(LATER.job("never").uniqueKey("one").delay(Duration.ofHours(1)))
                        .block(PATIENCE)
                        .id();
                assertThat(each.client().cancel(unwanted).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
            }
            await().atMost(PATIENCE)
                    .until(() -> schema.number("SELECT count(*) FROM %s.tombstone WHERE state = 'FAILED'") == 40);
            mended.add("all");
            assertThat(before.operator()
                            .retryFailed(FailedJobs.ofKind("sift"))
                            .block(PATIENCE)
                            .retried())
                    .isEqualTo(40);

            await().atMost(PATIENCE)
                    .until(() -> schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == 1_060);
            after.stop().then(before.stop()).block(PATIENCE);
            assertThat(schema.number("SELECT count(*) FROM ONLY %s.job_default"))
                    .isZero();
            assertThat(after.operator().audit().block(PATIENCE)).hasToString("ok");
            assertThat(before.operator().audit().block(PATIENCE)).hasToString("ok");
        } finally {
            today.close().block(PATIENCE);
            schema.close();
        }
    }

    private static void enqueue(JobClient client, JobType<String> type, int jobs) {
        assertThat(client.enqueueAll(IntStream.range(0, jobs)
                                .mapToObj(i -> type.job("sack " + i))
                                .toList())
                        .block(PATIENCE))
                .hasSize(jobs);
    }
}
