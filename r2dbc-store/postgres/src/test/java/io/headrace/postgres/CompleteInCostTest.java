package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What it costs to complete a job in its handler's transaction, in counts that do not depend on the machine. */
class CompleteInCostTest extends EngineTests {

    private static final Logger log = LoggerFactory.getLogger(CompleteInCostTest.class);

    private static final int JOBS = 2_000;
    private static final int SLOTS = 20;

    private final ConnectionFactory factory = TestServer.newest().connectionFactory();
    private final Queue<Connection> free = new ConcurrentLinkedQueue<>();
    private int tables;

    CompleteInCostTest() {
        super(TestServer.newest());
    }

    /** Each handler writes a row in a transaction, and its job is completed in that, or by the engine. */
    @Test
    void aCompletionInATransaction() {
        run((connection, job) -> Mono.empty());
        Cost plain = run((connection, job) -> Mono.empty());
        Cost completedIn = run((connection, job) ->
                job.completeIn(stores.get(stores.size() - 1).transaction(connection)));

        log.warn("without: {}, with: {}", plain, completedIn);
        assertThat(plain.splits).isZero();
        assertThat(plain.looks).isZero();
        // Those that ask at the same time share a statement; how many do depends on the machine.
        assertThat(completedIn.splits).isLessThanOrEqualTo(JOBS);
        assertThat(completedIn.looks).isLessThanOrEqualTo(JOBS);
        assertThat(completedIn.settles).isZero();
        assertThat(completedIn.walBytes - plain.walBytes).isLessThan(1_000);
    }

    private record Cost(long walBytes, long splits, long looks, long settles) {}

    private Cost run(BiFunction<Connection, Job<String>, Mono<Void>> completion) {
        String table = schema.name() + ".flour" + ++tables;
        schema.execute("CREATE TABLE " + table + " (job bigint)");
        Counting counting = new Counting(openStore());
        Flux.range(0, SLOTS)
                .concatMap(nr -> factory.create())
                .doOnNext(free::add)
                .blockLast(PATIENCE);
        JobClient.create(schema.store())
                .enqueueAll(IntStream.range(0, JOBS)
                        .mapToObj(nr -> GRIND.job("sack " + nr))
                        .toList())
                .block(PATIENCE);
        long before = wal();
        JobEngine engine = start(JobEngine.builder(counting.proxy())
                .queue("default", q -> q.concurrency(SLOTS).pollInterval(ofHours(1)))
                .subscribe(GRIND, job -> grind(table, job, completion)));
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM " + table) == JOBS
                        && schema.number("SELECT count(*) FROM %s.lease") == 0);
        long after = wal();
        engine.stop().block(PATIENCE);
        free.forEach(connection -> Mono.from(connection.close()).block(PATIENCE));
        free.clear();
        return new Cost(
                (after - before) / JOBS,
                calls(counting, "split"),
                calls(counting, "completions"),
                calls(counting, "settle"));
    }

    private static long calls(Counting counting, String verb) {
        return counting.calls().stream().filter(verb::equals).count();
    }

    private Mono<Void> grind(
            String table, Job<String> job, BiFunction<Connection, Job<String>, Mono<Void>> completion) {
        Connection connection = free.remove();
        return Mono.from(connection.beginTransaction())
                .then(Flux.from(connection
                                .createStatement("INSERT INTO " + table + " VALUES ("
                                        + job.id().value() + ")")
                                .execute())
                        .flatMap(Result::getRowsUpdated)
                        .then())
                .then(Mono.defer(() -> completion.apply(connection, job)))
                .then(Mono.defer(() -> Mono.from(connection.commitTransaction())))
                .doOnTerminate(() -> free.add(connection));
    }

    private long wal() {
        return schema.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
    }
}
