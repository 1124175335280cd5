package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobOutcome;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import io.headrace.signal.SignalAnswer;
import io.r2dbc.spi.Connection;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A process is killed while its jobs begin to wait, wait, or run with their signal: none misses it. */
@OnEachServer
@Tag("slow")
class SignalKillTest extends EngineTests {

    private static final String KEY = "flour";
    private static final int JOBS = 20;

    private final Queue<Integer> baked = new ConcurrentLinkedQueue<>();

    SignalKillTest(TestServer server) {
        super(server);
    }

    /** Where the process is killed. */
    private enum Seam implements JobObserver {
        BEFORE_THE_WAIT {
            @Override
            public void ended(String queue, String kind, AttemptEnd end, long ranNanos) {
                Runtime.getRuntime().halt(1);
            }
        },
        IN_THE_WAIT {
            @Override
            public void settled(String queue, String kind, AttemptEnd end) {
                Runtime.getRuntime().halt(1);
            }
        },
        WITH_THE_SIGNAL,
        IN_A_TRANSACTION
    }

    private static JobEngine.Builder baking(PostgresJobStore store, Runnable withSignal, Queue<Integer> baked) {
        return JobEngine.builder(store)
                .queue("default", q -> q.concurrency(JOBS))
                .sweepInterval(ofMillis(100))
                .subscribe(
                        GRIND,
                        job -> job.signal(KEY, Integer.class)
                                .map(flour -> {
                                    withSignal.run();
                                    baked.add(flour);
                                    return JobOutcome.complete();
                                })
                                .defaultIfEmpty(JobOutcome.await(KEY, ofHours(5))));
    }

    /** A process that is killed. */
    public static void main(String[] args) {
        Seam seam = Seam.valueOf(args[ChildProcess.ARGUMENTS]);
        PostgresJobStore store = ChildProcess.store(args);
        if (seam == Seam.IN_A_TRANSACTION) {
            TestServer server =
                    new TestServer("parent's", args[0], Integer.parseInt(args[1]), args[2], args[3], args[4]);
            Connection connection = server.connectionFactory().create().block();
            Mono.from(connection.beginTransaction()).block();
            SignalAnswer answer = JobClient.create(store)
                    .in(store.transaction(connection))
                    .signal(KEY, 1)
                    .block();
            Runtime.getRuntime().halt(answer.woken() == JOBS ? 1 : 2);
        }
        Runnable dies =
                seam == Seam.WITH_THE_SIGNAL ? () -> Runtime.getRuntime().halt(1) : () -> {};
        baking(store, dies, new ConcurrentLinkedQueue<>())
                .observer(seam)
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

    private void killAt(Seam seam) throws IOException, InterruptedException {
        Process process = ChildProcess.start(SignalKillTest.class, schema, seam.name());
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Its leases are lost at the first sweep. */
    private void killEngineAt(Seam seam) throws IOException, InterruptedException {
        killAt(seam);
        schema.passTime(ofMinutes(1));
    }

    private void bake() {
        start(baking(openStore(), () -> {}, baked));
    }

    private void awaitWaits() {
        await().atMost(PATIENCE)
                .until(() -> schema.number(
                                "SELECT count(*) FROM %s.awaited a JOIN %s.pending p ON p.run_at = a.until AND p.jobs @> a.job")
                        == JOBS);
    }

    private void awaitBaked() {
        await().atMost(PATIENCE).until(() -> schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == JOBS);
        assertThat(baked).hasSize(JOBS).containsOnly(7);
    }

    private SignalAnswer signal() {
        return JobClient.create(schema.store()).signal(KEY, 7).block(PATIENCE);
    }

    @Test
    void killedBeforeTheWaitIsRecorded() throws IOException, InterruptedException {
        enqueue();
        killEngineAt(Seam.BEFORE_THE_WAIT);
        assertThat(schema.number("SELECT count(*) FROM %s.awaited")).isZero();

        bake();
        awaitWaits();

        assertThat(signal()).isEqualTo(new SignalAnswer(true, JOBS));
        awaitBaked();
    }

    @Test
    void killedWhileJobsWait() throws IOException, InterruptedException {
        enqueue();
        killEngineAt(Seam.IN_THE_WAIT);
        bake();
        awaitWaits();

        assertThat(signal()).isEqualTo(new SignalAnswer(true, JOBS));

        awaitBaked();
    }

    @Test
    void killedWithTheSignal() throws IOException, InterruptedException {
        enqueue();
        assertThat(signal()).isEqualTo(new SignalAnswer(true, 0));
        killEngineAt(Seam.WITH_THE_SIGNAL);

        bake();

        awaitBaked();
        assertThat(schema.number("SELECT count(*) FROM %s.awaited WHERE outcome = 'SIGNALLED'"))
                .isEqualTo(JOBS);
    }

    @Test
    void killedInATransactionThatHasSentTheSignal() throws IOException, InterruptedException {
        enqueue();
        bake();
        awaitWaits();
        killAt(Seam.IN_A_TRANSACTION);
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0);
        assertThat(schema.number("SELECT count(*) FROM %s.signal")).isZero();

        assertThat(signal()).isEqualTo(new SignalAnswer(true, JOBS));

        awaitBaked();
    }
}
