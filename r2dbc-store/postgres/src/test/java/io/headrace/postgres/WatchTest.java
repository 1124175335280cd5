package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobProgress;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.JobUpdate;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.ProgressNote;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What one process sees of the jobs that another runs, and how it stops it. */
@OnEachServer
class WatchTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);

    private final TestSchema schema;
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Sinks.Empty<Void> gate = Sinks.empty();
    private PostgresJobStore elsewhere;
    private JobEngine engine;
    private JobClient people;
    private JobOperator operator;

    WatchTest(TestServer server) {
        this.schema = TestSchema.reused(server);
    }

    /** An engine that looks by itself twice a day, and a client in what might be another process. */
    @BeforeEach
    void startBoth() {
        elsewhere = schema.open(9);
        operator = JobOperator.create(elsewhere);
        people = JobClient.builder(elsewhere).watchInterval(ofMillis(50)).build();
        engine = JobEngine.builder(schema.store())
                .progressInterval(ofMillis(50))
                .queue("default", q -> q.pollInterval(ofHours(12)))
                .subscribe(GRIND, job -> {
                    job.progress(30, "on " + job.payload());
                    return job.payload().equals("quick")
                            ? Mono.fromRunnable(() -> handled.add("quick"))
                            : gate.asMono().then(Mono.fromRunnable(() -> handled.add(job.payload())));
                })
                .build();
        engine.start().block(PATIENCE);
        // An enqueue and a worker that is becoming idle may miss each other, until the worker polls.
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") == 1);
    }

    @AfterEach
    void everyJobIsInOnePlaceAndNothingIsLeftBehind() {
        try {
            engine.stop(ofSeconds(5)).block(PATIENCE);
            assertThat(operator.audit().block(PATIENCE)).hasToString("ok");
            assertThat(schema.number("SELECT count(*) FROM %s.progress")).isZero();
        } finally {
            elsewhere.close().block(PATIENCE);
            schema.close();
        }
    }

    private JobId enqueue(String payload) {
        return people.enqueue(GRIND.job(payload)).block(PATIENCE).id();
    }

    @Test
    void progressAndOutcomeAreSeenFromElsewhere() {
        JobId id = enqueue("rye");

        List<JobUpdate> updates = people.watch(id)
                .doOnNext(update -> {
                    if (update.progress() != null) {
                        gate.tryEmitEmpty();
                    }
                })
                .collectList()
                .block(PATIENCE);

        assertThat(updates).extracting(JobUpdate::progress).contains(new JobProgress(30, "on rye"));
        assertThat(updates.get(updates.size() - 1))
                .isEqualTo(new JobUpdate(id, JobState.COMPLETED, 1, null, null, null));
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.progress") == 0);
    }

    @Test
    void manyShortJobsAreAwaitedTogether() {
        List<JobUpdate> outcomes = Flux.range(0, 300)
                .flatMap(i -> people.enqueue(GRIND.job("quick")).flatMap(enqueued -> people.await(enqueued.id())), 300)
                .collectList()
                .block(PATIENCE);

        assertThat(outcomes).hasSize(300).allMatch(outcome -> outcome.state() == JobState.COMPLETED);
        assertThat(handled).hasSize(300);
    }

    @Test
    void whatADeadProcessSaidIsNotShownAndIsSwept() {
        operator.pause("weir").block(PATIENCE);
        JobId id =
                people.enqueue(GRIND.job("rye").queue("sluice")).block(PATIENCE).id();
        long dead = elsewhere
                .workers()
                .register("dead", Set.of("sluice"), ofSeconds(30), false)
                .block(PATIENCE);
        Claim claim = elsewhere
                .leases()
                .claim(new ClaimRequest(dead, "sluice", Map.of("grind", new ClaimRequest.Terms(3, ofHours(1))), 1))
                .block(PATIENCE);
        ClaimedJob job = claim.jobs().get(0);
        elsewhere
                .leases()
                .note(dead, List.of(new ProgressNote(job.lease(), job.id(), JobProgress.of(10))))
                .block(PATIENCE);
        assertThat(people.watch(id).blockFirst(PATIENCE).progress()).isEqualTo(JobProgress.of(10));

        elsewhere.workers().unregister(dead).block(PATIENCE);

        assertThat(people.watch(id).blockFirst(PATIENCE).progress()).isNull();
        long living = elsewhere
                .workers()
                .register("living", Set.of("sluice"), ofSeconds(30), false)
                .block(PATIENCE);
        elsewhere.workers().sweep(living).block(PATIENCE);
        assertThat(schema.number("SELECT count(*) FROM %s.progress")).isZero();
    }

    @Test
    void aPauseHoldsInEveryProcessAndItsEndIsHeardAtOnce() {
        operator.pause("default").block(PATIENCE);
        enqueue("quick");
        engine.client().enqueue(GRIND.job("quick")).block(PATIENCE);
        assertThat(operator.queues().blockFirst(PATIENCE).paused()).isTrue();
        assertThat(operator.workers().blockFirst(PATIENCE).jobs()).isZero();
        assertThat(handled).isEmpty();

        operator.resume("default").block(PATIENCE);

        await().atMost(PATIENCE).until(() -> handled.size() == 2);
    }
}
