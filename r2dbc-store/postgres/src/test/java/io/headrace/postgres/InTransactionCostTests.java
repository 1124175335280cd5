package io.headrace.postgres;

import static java.time.Duration.ofHours;
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
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What it costs to do something in a handler's transaction, in counts that do not depend on the machine. */
abstract class InTransactionCostTests extends EngineTests {

    static final int JOBS = 2_000;
    private static final int SLOTS = 20;

    private final ConnectionFactory factory = TestServer.newest().connectionFactory();
    private final Queue<Connection> free = new ConcurrentLinkedQueue<>();
    private int tables;

    InTransactionCostTests() {
        super(new TestSchema(TestServer.newest()));
    }

    @BeforeEach
    void letNothingElseWrite() {
        schema.execute("DO $$ DECLARE t text; BEGIN FOR t IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = '" + schema.name() + "'::regnamespace LOOP"
                + " EXECUTE 'ALTER TABLE ' || t || ' SET (autovacuum_enabled = false)'; END LOOP; END $$");
    }

    /**
     * What was counted.
     *
     * @param walBytes for each job
     * @param splits how many statements, as all that follow
     */
    record Cost(long walBytes, long splits, long looks, long settles, long reads) {}

    /** Each handler writes a row in a transaction, and does something more in that. */
    Cost run(BiFunction<Connection, Job<String>, Mono<Void>> more) {
        String table = schema.name() + ".flour" + ++tables;
        schema.execute("CREATE TABLE " + table + " (job bigint) WITH (autovacuum_enabled = false)");
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
                .subscribe(GRIND, job -> grind(table, job, more)));
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
                calls(counting, "settle"),
                calls(counting, "read"));
    }

    private static long calls(Counting counting, String verb) {
        return counting.calls().stream().filter(verb::equals).count();
    }

    private Mono<Void> grind(String table, Job<String> job, BiFunction<Connection, Job<String>, Mono<Void>> more) {
        Connection connection = free.remove();
        return Mono.from(connection.beginTransaction())
                .then(Flux.from(connection
                                .createStatement("INSERT INTO " + table + " VALUES ("
                                        + job.id().value() + ")")
                                .execute())
                        .flatMap(Result::getRowsUpdated)
                        .then())
                .then(Mono.defer(() -> more.apply(connection, job)))
                .then(Mono.defer(() -> Mono.from(connection.commitTransaction())))
                .doOnTerminate(() -> free.add(connection));
    }

    private long wal() {
        return schema.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
    }
}
