package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A process is killed around the record of outcomes with follow-ups: a job has one exactly if it is completed. */
@OnEachServer
@Tag("slow")
class FollowUpKillTest extends EngineTests {

    private static final int JOBS = 50;
    private static final JobType<String> BAKE = JobType.of("bake", String.class);

    FollowUpKillTest(TestServer server) {
        super(server);
    }

    /** Where the process is killed. */
    private enum Seam implements JobObserver {
        BEFORE {
            @Override
            public void ended(String queue, String kind, AttemptEnd end, long ranNanos) {
                Runtime.getRuntime().halt(1);
            }
        },
        WITHIN,
        AFTER {
            @Override
            public void settled(String queue, String kind, AttemptEnd end) {
                Runtime.getRuntime().halt(1);
            }
        }
    }

    /** With unique keys, outcome and follow-up take several statements in one transaction, otherwise one. */
    private static JobEngine.Builder grinding(PostgresJobStore store, boolean keyed) {
        return JobEngine.builder(store)
                .queue("default", q -> q.concurrency(JOBS))
                .sweepInterval(ofMillis(100))
                .enqueues(BAKE)
                .subscribe(
                        GRIND,
                        job -> Mono.just(
                                JobOutcome.completeThen(keyed ? next(job).uniqueKey(job.payload()) : next(job))));
    }

    private static NewJob<String> next(Job<String> job) {
        return BAKE.job(job.payload()).queue("oven");
    }

    /** An engine that is killed. */
    public static void main(String[] args) {
        grinding(ChildProcess.store(args), Boolean.parseBoolean(args[ChildProcess.ARGUMENTS + 1]))
                .observer(Seam.valueOf(args[ChildProcess.ARGUMENTS]))
                .build()
                .start()
                .then(Mono.never())
                .block();
    }

    private void enqueue() {
        JobClient.create(schema.store())
                .enqueueAll(IntStream.range(0, JOBS)
                        .mapToObj(n -> GRIND.job("sack " + n))
                        .toList())
                .block(PATIENCE);
    }

    private Process start(Seam seam, boolean keyed) throws IOException {
        return ChildProcess.start(FollowUpKillTest.class, schema, seam.name(), Boolean.toString(keyed));
    }

    private static void awaitDeath(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private long completed() {
        return schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed");
    }

    /** How many completed jobs have exactly one. */
    private long followed() {
        return schema.number("SELECT count(*) FROM (SELECT headers ->> 'headrace.after' FROM %s.job WHERE kind = 'bake'"
                + " GROUP BY 1 HAVING count(*) = 1) AS once");
    }

    private long followUps() {
        return schema.number("SELECT count(*) FROM %s.job WHERE kind = 'bake'");
    }

    private void finish() {
        schema.passTime(ofMinutes(1));
        start(grinding(openStore(), false));
        await().atMost(PATIENCE).until(() -> completed() == JOBS);

        assertThat(followed()).isEqualTo(JOBS);
        assertThat(followUps()).isEqualTo(JOBS);
    }

    @Test
    void killedBeforeTheRecordThereIsNoFollowUpAndTheJobsRunAgain() throws IOException, InterruptedException {
        enqueue();
        awaitDeath(start(Seam.BEFORE, false));
        assertThat(completed()).isZero();
        assertThat(followUps()).isZero();

        finish();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedWhileItIsRecordedThereIsBothOrNeither(boolean keyed)
            throws IOException, InterruptedException, SQLException {
        enqueue();
        try (java.sql.Connection locking = schema.server().jdbc();
                Statement lock = locking.createStatement()) {
            locking.setAutoCommit(false);
            // Outcomes can be recorded, and new jobs cannot be written.
            lock.execute("LOCK TABLE " + schema.name() + ".job IN SHARE MODE");
            Process process = start(Seam.WITHIN, keyed);
            await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            process.destroyForcibly();
            awaitDeath(process);
            locking.rollback();
        }
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle'"
                                + " AND query LIKE '%%s%' AND pid <> pg_backend_pid()")
                        == 0);
        assertThat(followed()).isEqualTo(completed());
        assertThat(followUps()).isEqualTo(completed());
        if (keyed) {
            assertThat(completed()).as("nobody has committed").isZero();
        }

        finish();
    }

    @Test
    void killedAfterTheRecordEachCompletedJobHasItsFollowUp() throws IOException, InterruptedException {
        enqueue();
        awaitDeath(start(Seam.AFTER, true));
        assertThat(completed()).isPositive();
        assertThat(followed()).isEqualTo(completed());
        assertThat(followUps()).isEqualTo(completed());

        finish();
    }
}
