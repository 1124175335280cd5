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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A process is killed, or stopped for longer than its expiry, around the completion of jobs in transactions: each completed job
 * has exactly one row, and no other has any.
 */
@OnEachServer
@Tag("slow")
class CompleteInKillTest extends EngineTests {

    private static final int JOBS = 20;

    CompleteInKillTest(TestServer server) {
        super(server);
    }

    /** What has been done in the transaction. */
    private enum Seam {
        ROW,
        COMPLETION,
        COMMIT
    }

    /** What a handler does when it is there: nothing, or something from which it may not come back. */
    private interface At {
        Mono<Void> come(Seam seam);
    }

    @BeforeEach
    void makeTables() {
        schema.execute("CREATE TABLE " + schema.name() + ".flour (job bigint); CREATE TABLE " + schema.name()
                + ".gate (open int); CREATE TABLE " + schema.name() + ".came (job bigint)");
    }

    private static JobEngine.Builder grinding(PostgresJobStore store, ConnectionFactory factory, String schema, At at) {
        return JobEngine.builder(store)
                .queue("default", q -> q.concurrency(JOBS))
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
                                .then(Mono.defer(() -> at.come(Seam.ROW)))
                                .then(job.completeIn(store.transaction(connection)))
                                .then(Mono.defer(() -> at.come(Seam.COMPLETION))),
                        connection -> Flux.concat(connection.commitTransaction(), connection.close()),
                        (connection, error) -> Flux.concat(connection.rollbackTransaction(), connection.close()),
                        connection -> Flux.concat(connection.rollbackTransaction(), connection.close()))
                .then(Mono.defer(() -> at.come(Seam.COMMIT)));
    }

    private static Mono<Void> run(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(Result::getRowsUpdated)
                .then();
    }

    /** An engine that is killed, or stopped until a gate is open. */
    public static void main(String[] args) {
        ConnectionFactory factory = ChildProcess.server(args).connectionFactory();
        String schema = args[5];
        Seam fatal = Seam.valueOf(args[ChildProcess.ARGUMENTS]);
        boolean dies = Boolean.parseBoolean(args[ChildProcess.ARGUMENTS + 1]);
        At at = seam -> {
            if (seam != fatal) {
                return Mono.empty();
            }
            if (dies) {
                Runtime.getRuntime().halt(1);
            }
            return waitAt(factory, schema);
        };
        grinding(ChildProcess.store(args), factory, schema, at)
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

    private void enqueue() {
        JobClient.create(schema.store())
                .enqueueAll(IntStream.range(0, JOBS)
                        .mapToObj(n -> GRIND.job("sack " + n))
                        .toList())
                .block(PATIENCE);
    }

    private Process start(Seam seam, boolean dies) throws IOException {
        return ChildProcess.start(CompleteInKillTest.class, schema, seam.name(), Boolean.toString(dies));
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

    private void finish() {
        start(grinding(openStore(), schema.server().connectionFactory(), schema.name(), seam -> Mono.empty()));
        await().atMost(PATIENCE).until(() -> completed() == JOBS);
        rowsAndCompletionsAgree();
    }

    private void awaitNoTransaction() {
        await().atMost(PATIENCE)
                .until(() -> schema.number(
                                "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%%'".replace("%%", "%"))
                        == 0);
    }

    @ParameterizedTest
    @EnumSource(Seam.class)
    void killedARowIsThereIfItsJobIsCompleted(Seam seam) throws IOException, InterruptedException {
        enqueue();
        Process process = start(seam, true);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        awaitNoTransaction();
        rowsAndCompletionsAgree();

        schema.passTime(ofMinutes(1));
        finish();
    }

    /** What was stopped before the completion has lost its job, and what was stopped after it has not. */
    @ParameterizedTest
    @EnumSource(names = {"ROW", "COMPLETION"})
    void stoppedForLongerThanItsExpiryItRollsBackOrCommits(Seam seam) throws IOException, InterruptedException {
        enqueue();
        Process zombie = start(seam, false);
        try {
            await().atMost(ofSeconds(60)).until(() -> schema.number("SELECT count(*) FROM %s.came") == JOBS);
            signal(zombie, "STOP");
            await().atMost(PATIENCE).until(() -> {
                SweepReport swept = schema.sweep();
                return swept.workers() == 1 || schema.number("SELECT count(*) FROM %s.worker") == 0;
            });
            if (seam == Seam.ROW) {
                finish();
            } else {
                assertThat(completed()).isZero();
            }

            schema.execute("INSERT INTO " + schema.name() + ".gate VALUES (1)");
            signal(zombie, "CONT");

            await().atMost(PATIENCE).until(() -> completed() == JOBS);
            awaitNoTransaction();
            rowsAndCompletionsAgree();
        } finally {
            zombie.destroyForcibly().waitFor();
        }
        schema.passTime(ofMinutes(1));
        schema.sweep();
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
