package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A process is killed around the record of steps in transactions: each job has one row in the end, and it is that of its record. */
@OnEachServer
@Tag("slow")
class StepInKillTest extends EngineTests {

    /** At each seam. */
    private static final int JOBS = 8;

    StepInKillTest(TestServer server) {
        super(server);
    }

    /** Where the process is killed: each is the payload of jobs that get that far and no further. */
    private enum Seam {
        BEFORE_THE_RECORD,
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT
    }

    /** An engine. If it {@code dies}, each of its jobs stays at its seam until it is killed. */
    private record Mill(PostgresJobStore store, ConnectionFactory factory, String schema, boolean dies) {

        JobEngine.Builder engine() {
            return JobEngine.builder(store)
                    .queue("default", q -> q.concurrency(JOBS * Seam.values().length))
                    .sweepInterval(ofMillis(100))
                    .subscribe(GRIND, this::grind);
        }

        private Mono<Void> grind(Job<String> job) {
            return Mono.usingWhen(
                            Mono.<Connection>from(factory.create()).delayUntil(Connection::beginTransaction),
                            connection -> job.stepIn(
                                            store.transaction(connection),
                                            "grind",
                                            Boolean.class,
                                            () -> run(
                                                            connection,
                                                            "INSERT INTO " + schema + ".flour VALUES ("
                                                                    + job.id().value() + ", " + dies + ")")
                                                    .then(stop(job, Seam.BEFORE_THE_RECORD))
                                                    .thenReturn(dies))
                                    .then(stop(job, Seam.BEFORE_THE_COMMIT)),
                            connection -> Flux.concat(connection.commitTransaction(), connection.close()),
                            (connection, error) -> Flux.concat(connection.rollbackTransaction(), connection.close()),
                            connection -> Flux.concat(connection.rollbackTransaction(), connection.close()))
                    .then(stop(job, Seam.AFTER_THE_COMMIT));
        }

        private static Mono<Void> run(Connection connection, String sql) {
            return Flux.from(connection.createStatement(sql).execute())
                    .flatMap(Result::getRowsUpdated)
                    .then();
        }

        private Mono<Void> stop(Job<String> job, Seam seam) {
            return dies && job.payload().equals(seam.name())
                    ? store.connections()
                            .work("INSERT INTO " + schema + ".came VALUES (1)", statement -> statement, row -> row)
                            .then(Mono.never())
                    : Mono.empty();
        }
    }

    /** An engine that is killed. */
    public static void main(String[] args) {
        new Mill(ChildProcess.store(args), ChildProcess.server(args).connectionFactory(), args[5], true)
                .engine()
                .build()
                .start()
                .then(Mono.never())
                .block();
    }

    /** Each job at its seam, in one process, which is then killed by SIGKILL. */
    private void kill(int jobs) throws IOException, InterruptedException {
        Process process = ChildProcess.start(StepInKillTest.class, schema);
        try {
            await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.came") == jobs);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'")
                        == 0);
    }

    private long rows(Seam seam, boolean byTheDead) {
        return schema.number("SELECT count(*) FROM %s.flour f JOIN %s.job j ON j.id = f.job"
                + " JOIN %s.step s ON s.job = f.job AND s.value::text = f.dies::text"
                + " WHERE j.payload = to_jsonb('" + seam + "'::text) AND f.dies = " + byTheDead);
    }

    @Test
    void eachJobHasOneRowAndItsRecord() throws IOException, InterruptedException {
        schema.execute("CREATE TABLE " + schema.name() + ".flour (job bigint, dies boolean); CREATE TABLE "
                + schema.name() + ".came (job bigint)");
        int jobs = JOBS * Seam.values().length;
        JobClient.create(schema.store())
                .enqueueAll(Stream.of(Seam.values())
                        .flatMap(seam -> IntStream.range(0, JOBS).mapToObj(n -> GRIND.job(seam.name())))
                        .toList())
                .block(PATIENCE);
        kill(jobs);
        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isEqualTo(JOBS);
        assertThat(rows(Seam.AFTER_THE_COMMIT, true)).isEqualTo(JOBS);

        schema.passTime(ofMinutes(1));
        start(new Mill(openStore(), schema.server().connectionFactory(), schema.name(), false).engine());
        await().atMost(PATIENCE).until(() -> schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == jobs);

        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isEqualTo(jobs);
        assertThat(schema.number("SELECT count(*) FROM %s.step")).isEqualTo(jobs);
        assertThat(rows(Seam.AFTER_THE_COMMIT, true)).isEqualTo(JOBS);
        assertThat(rows(Seam.BEFORE_THE_COMMIT, false)).isEqualTo(JOBS);
        assertThat(rows(Seam.BEFORE_THE_RECORD, false)).isEqualTo(JOBS);
    }
}
