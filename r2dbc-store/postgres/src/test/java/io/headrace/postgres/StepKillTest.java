package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * A process is killed around the record of steps: a step that is recorded never runs again, one that is not does. Its effect is
 * a row in a table, written before the step is recorded and not with it.
 */
@OnEachServer
@Tag("slow")
class StepKillTest extends EngineTests {

    /** At each seam. */
    private static final int JOBS = 10;

    StepKillTest(TestServer server) {
        super(server);
    }

    /** Where the process is killed: each is the payload of jobs that get that far and no further. */
    private enum Seam {
        BEFORE_THE_EFFECT,
        BEFORE_THE_RECORD,
        AFTER_THE_RECORD,
        BETWEEN_STEPS
    }

    private static String seamOf(Job<String> job) {
        return job.payload();
    }

    /** Two steps. An engine that {@code dies} stays at the seam of each job until it is killed. */
    private static JobEngine.Builder working(PostgresJobStore store, String schema, boolean dies) {
        return JobEngine.builder(store)
                .queue("default", q -> q.concurrency(JOBS * Seam.values().length))
                .sweepInterval(ofMillis(100))
                .subscribe(
                        GRIND,
                        job -> job.step(
                                        "charge",
                                        String.class,
                                        () -> stop(job, dies, Seam.BEFORE_THE_EFFECT)
                                                .then(effect(store, schema, job, "charge"))
                                                .then(stop(job, dies, Seam.BEFORE_THE_RECORD))
                                                .thenReturn("r-" + job.attempt()))
                                .delayUntil(receipt -> stop(job, dies, Seam.AFTER_THE_RECORD))
                                .flatMap(receipt -> job.step(
                                        "mail",
                                        () -> stop(job, dies, Seam.BETWEEN_STEPS)
                                                .then(effect(store, schema, job, "mail " + receipt)))));
    }

    private static Mono<Void> stop(Job<String> job, boolean dies, Seam seam) {
        return dies && seamOf(job).equals(seam.name()) ? Mono.never() : Mono.empty();
    }

    private static Mono<Void> effect(PostgresJobStore store, String schema, Job<String> job, String what) {
        return store.connections()
                .work(
                        "INSERT INTO " + schema + ".effect (job, seam, what) VALUES ($1, $2, $3)",
                        statement -> statement
                                .bind(0, job.id().value())
                                .bind(1, seamOf(job))
                                .bind(2, what),
                        row -> row)
                .then();
    }

    /** An engine that is killed. */
    public static void main(String[] args) {
        working(ChildProcess.store(args), args[ChildProcess.ARGUMENTS - 1], true)
                .build()
                .start()
                .then(Mono.never())
                .block();
    }

    private long effects(Seam seam, String what) {
        return schema.number(
                "SELECT count(*) FROM %s.effect WHERE seam = '" + seam + "' AND what LIKE '" + what + "%'");
    }

    private long recorded(Seam seam, String step) {
        return schema.number("SELECT count(*) FROM %s.step s JOIN %s.job j ON j.id = s.job WHERE s.name = '" + step
                + "' AND j.payload = to_jsonb('" + seam + "'::text)");
    }

    /** Each job at its seam, in one process, which is then killed by SIGKILL. */
    private void kill() throws IOException, InterruptedException {
        Process process = ChildProcess.start(StepKillTest.class, schema);
        try {
            await().atMost(PATIENCE)
                    .until(() -> effects(Seam.BEFORE_THE_RECORD, "charge") == JOBS
                            && recorded(Seam.AFTER_THE_RECORD, "charge") == JOBS
                            && recorded(Seam.BETWEEN_STEPS, "charge") == JOBS);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aRecordedStepNeverRunsAgainAndAnUnrecordedOneDoes() throws IOException, InterruptedException {
        schema.execute("CREATE TABLE " + schema.name() + ".effect (job bigint, seam text, what text)");
        List<Seam> seams = List.of(Seam.values());
        JobClient.create(schema.store())
                .enqueueAll(seams.stream()
                        .flatMap(seam -> IntStream.range(0, JOBS).mapToObj(n -> GRIND.job(seam.name())))
                        .toList())
                .block(PATIENCE);
        kill();
        assertThat(effects(Seam.BEFORE_THE_EFFECT, "")).isZero();
        assertThat(recorded(Seam.BEFORE_THE_RECORD, "charge")).isZero();
        assertThat(seams).allMatch(seam -> effects(seam, "mail") == 0);

        schema.passTime(ofMinutes(1));
        start(working(openStore(), schema.name(), false));
        await().atMost(PATIENCE)
                .until(() ->
                        schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == (long) JOBS * seams.size());

        assertThat(effects(Seam.BEFORE_THE_EFFECT, "charge")).isEqualTo(JOBS);
        assertThat(effects(Seam.BEFORE_THE_RECORD, "charge"))
                .as("once more each")
                .isEqualTo(2 * JOBS);
        assertThat(effects(Seam.AFTER_THE_RECORD, "charge")).isEqualTo(JOBS);
        assertThat(effects(Seam.BETWEEN_STEPS, "charge")).isEqualTo(JOBS);
        assertThat(Stream.of("charge", "mail").flatMap(step -> seams.stream().map(seam -> recorded(seam, step))))
                .allMatch(steps -> steps == JOBS);
        assertThat(seams).allMatch(seam -> effects(seam, "mail r-1") == JOBS);
        assertThat(schema.number("SELECT count(*) FROM (SELECT FROM %s.effect WHERE what = 'charge' GROUP BY job"
                        + " HAVING count(*) > CASE WHEN min(seam) = 'BEFORE_THE_RECORD' THEN 2 ELSE 1 END) AS more"))
                .isZero();
    }
}
