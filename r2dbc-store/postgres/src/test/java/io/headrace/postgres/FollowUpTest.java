package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.InvalidJobException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.r2dbc.spi.Connection;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Jobs that follow on others, in engines on real servers. */
@OnEachServer
@Tag("slow")
class FollowUpTest extends EngineTests {

    private static final JobType<String> BAKE = JobType.of("bake", String.class).queue("oven");
    private static final JobType<Integer> LINK = JobType.of("link", Integer.class);

    FollowUpTest(TestServer server) {
        super(server);
    }

    private List<JobId> enqueue(int jobs) {
        return JobClient.create(schema.store())
                .enqueueAll(IntStream.range(0, jobs)
                        .mapToObj(n -> GRIND.job("sack " + n))
                        .toList())
                .block(PATIENCE)
                .stream()
                .map(Enqueued::id)
                .toList();
    }

    private JobEngine.Builder grinding(Function<String, JobOutcome> outcome) {
        return JobEngine.builder(openStore())
                .queue("default", q -> q.concurrency(100).pollInterval(ofMinutes(10)))
                .enqueues(BAKE)
                .subscribe(JobHandler.<String>of(GRIND, job -> Mono.just(outcome.apply(job.payload())))
                        .retry(RetryPolicy.never()));
    }

    private long followUps() {
        return schema.number("SELECT count(*) FROM %s.job WHERE kind = 'bake'");
    }

    private void awaitCompleted(long jobs) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed"))
                        .isEqualTo(jobs));
    }

    @Test
    void chainsRunAcrossEnginesWithoutAPoll() {
        for (int engine = 0; engine < 2; engine++) {
            start(JobEngine.builder(openStore())
                    .queue("default", q -> q.concurrency(50).pollInterval(ofMinutes(10)))
                    .subscribe(
                            LINK,
                            job -> Mono.just(
                                    job.payload() == 5
                                            ? JobOutcome.complete()
                                            : JobOutcome.completeThen(LINK.job(job.payload() + 1)))));
        }
        JobClient.create(schema.store())
                .enqueueAll(IntStream.range(0, 200).mapToObj(n -> LINK.job(1)).toList())
                .block(PATIENCE);
        awaitCompleted(1_000);

        assertThat(schema.number("SELECT count(DISTINCT headers ->> 'headrace.after') FROM %s.job"))
                .as("each link but the last has one after it")
                .isEqualTo(800);
        assertThat(schema.number("SELECT count(*) FROM %s.job WHERE headers ? 'headrace.after'"))
                .isEqualTo(800);
    }

    @Test
    void anEngineThatWaitsElsewhereStartsThemWithoutAPoll() {
        start(grinding(sack -> JobOutcome.completeThen(BAKE.job(sack))));
        start(JobEngine.builder(openStore())
                .queue("oven", q -> q.pollInterval(ofMinutes(10)))
                .subscribe(BAKE, job -> Mono.empty()));
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") == 2);
        enqueue(10);

        awaitCompleted(20);
    }

    @Test
    void aKeyOfAnOpenTransactionHoldsBackOnlyTheOutcomeThatWantsIt() {
        Connection connection = schema.server().connectionFactory().create().block(PATIENCE);
        try {
            Mono.from(connection.beginTransaction()).block(PATIENCE);
            JobClient.create(schema.store())
                    .in(schema.store().transaction(connection))
                    .enqueue(BAKE.job("busy").uniqueKey("sack 7"))
                    .block(PATIENCE);
            start(grinding(sack -> sack.equals("sack 0")
                    ? JobOutcome.complete()
                    : JobOutcome.completeThen(BAKE.job(sack).uniqueKey(sack))));
            List<JobId> ids = enqueue(100);
            awaitCompleted(99);
            assertThat(find(ids.get(7)).state()).isEqualTo(JobState.LEASED);
            enqueue(1);
            awaitCompleted(100);

            Mono.from(connection.commitTransaction()).block(PATIENCE);

            awaitState(ids.get(7), JobState.COMPLETED);
            assertThat(followUps()).as("of sack 7, the transaction's own").isEqualTo(99);
        } finally {
            Mono.from(connection.close()).block(PATIENCE);
        }
    }

    @Test
    void enginesWhoseFollowUpsWantTheSameKeysTakeThemOnce() {
        for (int engine = 0; engine < 2; engine++) {
            boolean backwards = engine == 1;
            start(grinding(sack -> JobOutcome.completeThen(IntStream.range(0, 20)
                    .mapToObj(n -> BAKE.job(sack).uniqueKey("key " + (backwards ? 20 - n : n)))
                    .toList())));
        }
        enqueue(400);

        awaitCompleted(400);
        assertThat(followUps()).isEqualTo(21);
    }

    @Test
    void whatFailsInTheMiddleLeavesNeitherTheOutcomeNorTheFollowUp() {
        schema.execute("CREATE FUNCTION " + schema.name() + ".fail() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = '53100'; END $$");
        schema.execute("CREATE TRIGGER fail BEFORE INSERT ON " + schema.name() + ".job_default FOR EACH ROW"
                + " WHEN (NEW.kind = 'bake') EXECUTE FUNCTION " + schema.name() + ".fail()");
        List<JobId> ids = enqueue(20);
        start(grinding(sack -> JobOutcome.completeThen(BAKE.job(sack))));
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.lease") > 0
                        && schema.number(
                                        "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")
                                > 3);
        assertThat(followUps()).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.completed")).isZero();

        schema.execute("DROP TRIGGER fail ON " + schema.name() + ".job_default");
        schema.execute("DROP FUNCTION " + schema.name() + ".fail()");

        ids.forEach(id -> awaitState(id, JobState.COMPLETED));
        assertThat(followUps()).isEqualTo(20);
    }

    @Test
    void aNumberThatPostgresRefusesFailsTheAttemptOfItsJobOnly() {
        JobType<BigDecimal> weigh = JobType.of("weigh", BigDecimal.class);
        List<JobId> ids = enqueue(20);
        start(grinding(sack -> JobOutcome.completeThen(
                        weigh.job(sack.equals("sack 3") ? new BigDecimal("1e140000") : BigDecimal.ONE)))
                .enqueues(weigh));
        ids.forEach(id -> awaitState(id, id.equals(ids.get(3)) ? JobState.FAILED : JobState.COMPLETED));

        assertThat(find(ids.get(3)).failures().get(0).errorType()).isEqualTo(InvalidJobException.class.getName());
        assertThat(schema.number("SELECT count(*) FROM %s.job WHERE kind = 'weigh'"))
                .isEqualTo(19);
    }

    @Test
    void aJobThatRunsAgainUnderItsOwnKeyPassesItOn() {
        JobType<Integer> tick = JobType.of("tick", Integer.class);
        JobEngine engine = start(JobEngine.builder(openStore())
                .subscribe(
                        tick,
                        job -> Mono.just(
                                job.payload() == 20
                                        ? JobOutcome.complete()
                                        : JobOutcome.completeThen(tick.job(job.payload() + 1)
                                                .uniqueKey("clock")
                                                .delay(ofMillis(1))))));
        engine.client().enqueue(tick.job(1).uniqueKey("clock")).block(PATIENCE);

        awaitCompleted(20);
        assertThat(schema.number("SELECT count(*) FROM %s.unique_key")).isZero();
    }
}
