package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.spi.SweepReport;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A process is killed, or stopped for longer than its expiry, around the completion of jobs in transactions: each completed job
 * has exactly one row, and no other has any.
 */
@OnEachServer
@Tag("slow")
class CompleteInKillTest extends EngineTests {

    /** At each seam. */
    private static final int JOBS = 10;

    /** The payload of jobs that stop nowhere. */
    private static final String FREE = "free";

    CompleteInKillTest(TestServer server) {
        super(server);
    }

    /** What has been done in the transaction: the payload of jobs that get that far and no further. */
    private enum Seam {
        ROW,
        COMPLETION,
        COMMIT
    }

    /** What a handler does when it is there: nothing, or something from which it may not come back. */
    private interface At {
        Mono<Void> come(Job<String> job, Seam seam);
    }

    @BeforeEach
    void makeTables() {
        schema.execute("CREATE TABLE " + schema.name() + ".flour (job bigint); CREATE TABLE " + schema.name()
                + ".gate (open int); CREATE TABLE " + schema.name() + ".came (job bigint)");
    }

    private static JobEngine.Builder grinding(PostgresJobStore store, ConnectionFactory factory, String schema, At at) {
        return JobEngine.builder(store)
                .queue("default", q -> q.concurrency(JOBS * (Seam.values().length + 1)))
                .heartbeatInterval(ofMillis(300))
                .workerExpiry(ofSeconds(1))
                .sweepInterval(ofMillis(100))
                .subscribe(GRIND, job -> grind(job, store, factory, schema, at));
    }

    private static Mono<Void> grind(
            Job<String> job, PostgresJobStore store, ConnectionFactory factory, String schema, At at) {
        return Mono.usingWhen(
                        Mono.<Connection>from(factory.create()).delayUntil(Connection::beginTransaction),
                        connection -> run(
                                        connection,
                                        "INSERT INTO " + schema + ".flour VALUES ("
                                                + job.id().value() + ")")
                                .then(Mono.defer(() -> at.come(job, Seam.ROW)))
                                .then(job.completeIn(store.transaction(connection)))
                                .then(Mono.defer(() -> at.come(job, Seam.COMPLETION))),
                        connection -> Flux.concat(connection.commitTransaction(), connection.close()),
                        (connection, error) -> Flux.concat(connection.rollbackTransaction(), connection.close()),
                        connection -> Flux.concat(connection.rollbackTransaction(), connection.close()))
                .then(Mono.defer(() -> at.come(job, Seam.COMMIT)));
    }

    private static Mono<Void> run(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(Result::getRowsUpdated)
                .then();
    }

    /** An engine whose handlers wait at the seams of their jobs until a gate is open. It is killed, or stopped for a while. */
    public static void main(String[] args) {
        ConnectionFactory factory = ChildProcess.server(args).connectionFactory();
        String schema = args[ChildProcess.ARGUMENTS - 1];
        grinding(
                        ChildProcess.store(args),
                        factory,
                        schema,
                        (job, seam) -> job.payload().equals(seam.name()) ? waitAt(factory, schema) : Mono.empty())
                .build()
                .start()
                .then(Mono.never())
                .block();
    }

    private static Mono<Void> waitAt(ConnectionFactory factory, String schema) {
        return Mono.usingWhen(
                factory.create(),
                connection -> run(connection, "INSERT INTO " + schema + ".came VALUES (1)")
                        .then(Mono.defer(() -> Flux.from(connection
                                                .createStatement("SELECT open FROM " + schema + ".gate")
                                                .execute())
                                        .flatMap(result -> result.map(row -> row.get(0, Integer.class)))
                                        .next())
                                .repeatWhenEmpty(empty -> empty.delayElements(ofMillis(50))))
                        .then(),
                Connection::close);
    }

    private void enqueue(String payload) {
        JobClient.create(schema.store())
                .enqueueAll(IntStream.range(0, JOBS)
                        .mapToObj(n -> GRIND.job(payload))
                        .toList())
                .block(PATIENCE);
    }

    /** A process with jobs that have come to each of the seams. */
    private Process start(Seam... seams) throws IOException {
        for (Seam seam : seams) {
            enqueue(seam.name());
        }
        Process process = ChildProcess.start(CompleteInKillTest.class, schema);
        await().atMost(ofSeconds(60))
                .until(() -> schema.number("SELECT count(*) FROM %s.came") == (long) JOBS * seams.length);
        return process;
    }

    private long completed() {
        return schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed");
    }

    private void rowsAndCompletionsAgree() {
        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isEqualTo(completed());
        assertThat(schema.number("SELECT count(DISTINCT f.job) FROM %s.flour f"
                        + " WHERE EXISTS (SELECT FROM %s.completed c WHERE c.jobs @> f.job)"))
                .isEqualTo(completed());
    }

    private void awaitCompleted(long jobs) {
        await().atMost(PATIENCE).until(() -> completed() == jobs);
        rowsAndCompletionsAgree();
    }

    private void startEngine() {
        start(grinding(openStore(), schema.server().connectionFactory(), schema.name(), (job, seam) -> Mono.empty()));
    }

    private void awaitNoTransaction() {
        await().atMost(PATIENCE)
                .until(() -> schema.number(
                                "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%%'".replace("%%", "%"))
                        == 0);
    }

    /** At each seam there are jobs, and others are at any point. */
    @Test
    void killedARowIsThereIfItsJobIsCompleted() throws IOException, InterruptedException {
        Process process = start(Seam.values());
        try {
            assertThat(completed()).as("at the last seam only").isEqualTo(JOBS);
            enqueue(FREE);
            await().atMost(PATIENCE).pollInterval(ofMillis(5)).until(() -> completed() > JOBS);
        } finally {
            process.destroyForcibly().waitFor();
        }
        awaitNoTransaction();
        assertThat(completed()).isGreaterThan(JOBS).isLessThanOrEqualTo(2 * JOBS);
        rowsAndCompletionsAgree();

        schema.passTime(ofMinutes(1));
        startEngine();
        awaitCompleted((long) JOBS * (Seam.values().length + 1));
    }

    /** What was stopped before the completion has lost its job, and what was stopped after it has not. */
    @Test
    void stoppedForLongerThanItsExpiryItRollsBackOrCommits() throws IOException, InterruptedException {
        Process zombie = start(Seam.ROW, Seam.COMPLETION);
        try {
            signal(zombie, "STOP");
            await().atMost(PATIENCE).until(() -> {
                SweepReport swept = schema.sweep();
                return swept.workers() == 1 || schema.number("SELECT count(*) FROM %s.worker") == 0;
            });
            assertThat(completed()).isZero();
            startEngine();
            awaitCompleted(JOBS);
            assertThat(completedOf(Seam.ROW)).isEqualTo(JOBS);

            schema.execute("INSERT INTO " + schema.name() + ".gate VALUES (1)");
            signal(zombie, "CONT");

            awaitCompleted(2 * JOBS);
            awaitNoTransaction();
            rowsAndCompletionsAgree();
        } finally {
            zombie.destroyForcibly().waitFor();
        }
        // It has registered anew, so the other engine sweeps it once more.
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.worker") == 1);
    }

    private long completedOf(Seam seam) {
        return schema.number("SELECT count(*) FROM %s.job j JOIN %s.completed c ON c.jobs @> j.id"
                + " WHERE j.payload = to_jsonb('" + seam + "'::text)");
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
