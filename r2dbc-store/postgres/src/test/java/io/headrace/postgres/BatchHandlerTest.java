package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.BatchOutcome;
import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Many jobs in one call, on real servers: each ends in its own way, also if the process does. */
@OnEachServer
class BatchHandlerTest extends EngineTests {

    private static final int JOBS = 10;

    private final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();

    BatchHandlerTest(TestServer server) {
        super(server);
    }

    private JobEngine.Builder engine(JobHandler<String> handler) {
        return JobEngine.builder(openStore())
                .queue("default", q -> q.concurrency(JOBS).prefetch(0))
                .sweepInterval(ofMillis(100))
                .subscribe(handler);
    }

    private List<JobId> enqueue() {
        return JobClient.create(schema.store())
                .enqueueAll(IntStream.range(0, JOBS)
                        .mapToObj(n -> GRIND.job("sack " + n).uniqueKey("key-" + n))
                        .toList())
                .block(PATIENCE)
                .stream()
                .map(Enqueued::id)
                .toList();
    }

    private static BatchOutcome decided(Job<String> job) {
        return switch (job.payload()) {
            case "sack 1" -> BatchOutcome.of(job, JobOutcome.fail("no sack 1"));
            case "sack 2" -> BatchOutcome.of(job, JobOutcome.cancel("sold"));
            case "sack 3" -> BatchOutcome.of(job, JobOutcome.snooze(ofMinutes(5)));
            case "sack 4" -> BatchOutcome.failed(job, new IllegalStateException("no stones"));
            default -> BatchOutcome.of(job, JobOutcome.complete());
        };
    }

    @Test
    void eachJobOfACallEndsInItsOwnWay() {
        Sinks.Empty<Void> go = Sinks.empty();
        List<JobId> ids = enqueue();
        JobEngine engine =
                start(engine(JobHandler.batch(GRIND, b -> b.most(JOBS).wait(ofSeconds(30)), batch -> {
                    calls.add(batch.payloads());
                    return go.asMono().thenMany(Flux.fromIterable(batch).map(BatchHandlerTest::decided));
                })));
        await().atMost(PATIENCE).until(() -> !calls.isEmpty());
        assertThat(engine.client().cancel(ids.get(5)).block(PATIENCE)).isNotNull();
        go.tryEmitEmpty();
        awaitState(ids.get(0), JobState.COMPLETED);

        assertThat(calls).singleElement().satisfies(call -> assertThat(call).hasSize(JOBS));
        assertThat(ids)
                .extracting(id -> find(id).state())
                .containsExactly(
                        JobState.COMPLETED,
                        JobState.FAILED,
                        JobState.CANCELLED,
                        JobState.PENDING,
                        JobState.PENDING,
                        JobState.CANCELLED,
                        JobState.COMPLETED,
                        JobState.COMPLETED,
                        JobState.COMPLETED,
                        JobState.COMPLETED);
        assertThat(find(ids.get(3)).attempt()).as("snoozed").isZero();
        assertThat(find(ids.get(4)).attempt()).as("failed").isEqualTo(1);
    }

    @Test
    void theThreadOfABlockingCallIsInterruptedWhenAllOfItsJobsAreCancelled() {
        List<JobId> ids = enqueue();
        AtomicBoolean interrupted = new AtomicBoolean();
        JobEngine engine =
                start(engine(JobHandler.blockingBatch(GRIND, b -> b.most(JOBS).wait(ofSeconds(30)), batch -> {
                    calls.add(batch.payloads());
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                    return null;
                })));
        await().atMost(PATIENCE).until(() -> !calls.isEmpty());

        ids.forEach(id ->
                assertThat(engine.client().cancel(id).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED));

        await().atMost(PATIENCE).untilTrue(interrupted);
    }

    /** An engine that dies in its first call, with all jobs in it. */
    public static void main(String[] args) {
        JobEngine.builder(ChildProcess.store(args))
                .queue("default", q -> q.concurrency(JOBS).prefetch(0))
                .subscribe(JobHandler.batch(GRIND, b -> b.most(JOBS).wait(ofSeconds(30)), batch -> {
                    Runtime.getRuntime().halt(batch.size());
                    return Mono.never();
                }))
                .build()
                .start()
                .then(Mono.never())
                .block();
    }

    @Test
    void theJobsOfACallInWhichAProcessDiesAreUnchargedSuspectsThatRunAloneThen()
            throws IOException, InterruptedException {
        List<JobId> ids = enqueue();
        Process process = ChildProcess.start(BatchHandlerTest.class, schema);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("the jobs in the call").isEqualTo(JOBS);
        schema.passTime(ofMinutes(1));
        JobEngine sweeping = start(JobEngine.builder(openStore())
                .queue("elsewhere")
                .enqueues(GRIND)
                .sweepInterval(ofMillis(100)));
        await().atMost(PATIENCE)
                .until(() -> schema.number(
                                "SELECT coalesce(sum(size), 0) FROM %s.pending WHERE attempt = 0 AND suspicion = 1")
                        == JOBS);
        sweeping.stop().block(PATIENCE);

        start(engine(JobHandler.batch(GRIND, b -> b.most(JOBS).wait(ofSeconds(30)), batch -> {
            calls.add(batch.payloads());
            return Mono.empty();
        })));
        ids.forEach(id -> awaitState(id, JobState.COMPLETED));

        assertThat(calls).hasSize(JOBS).allMatch(call -> call.size() == 1);
    }
}
