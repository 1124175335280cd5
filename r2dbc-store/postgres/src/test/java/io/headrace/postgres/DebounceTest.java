package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.Enqueued.Reason;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobProducer;
import io.headrace.JobSnapshot;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.TransactionConflictException;
import io.headrace.UniqueKeyBusyException;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A debounced job in transactions, and when many enqueue it. */
@OnEachServer
class DebounceTest extends TermsTests {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    DebounceTest(TestServer server) {
        super(server);
    }

    private static NewJob<String> sack(String content) {
        return GRIND.job(content).debounce("mill", ofMinutes(10), ofMinutes(60));
    }

    private Enqueued enqueue(String content) {
        return client.enqueue(sack(content)).block(PATIENCE);
    }

    private void assertContent(JobId id, String content) {
        JobSnapshot job = client.find(id).block(PATIENCE);
        assertThat(job.payload()).isEqualTo("\"" + content + "\"");
    }

    @Test
    void manyClientsAtOnceHaveOneJob() {
        List<JobClient> clients = Flux.range(0, 4)
                .map(n -> JobClient.create(schema.open(5)))
                .collectList()
                .block();

        List<Enqueued> answers = Flux.range(0, 400)
                .flatMap(n -> clients.get(n % 4).enqueue(sack("n" + n)), 64)
                .collectList()
                .block(PATIENCE);

        assertThat(answers).filteredOn(Enqueued::created).hasSize(1);
        assertThat(answers).map(Enqueued::id).containsOnly(answers.get(0).id());
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isOne();
        assertThat(schema.number("SELECT replaced FROM %s.debounce")).isEqualTo(399);
    }

    @Test
    void ofOneClientTheLastCallWins() {
        Enqueued first = enqueue("first");
        List<Enqueued> answers = Flux.range(0, 100)
                .flatMapSequential(n -> client.enqueue(sack("n" + n)), 100)
                .collectList()
                .block(PATIENCE);

        assertThat(answers).containsOnly(new Enqueued(first.id(), false, Reason.DEBOUNCED));
        assertContent(first.id(), "n99");
    }

    @ParameterizedTest
    @MethodSource("levels")
    void aTransactionReplacesTheJobWhenItIsCommitted(IsolationLevel level) {
        JobId id = enqueue("before").id();
        JobProducer inside = begin(level);

        assertThat(inside.enqueue(sack("one")).block(PATIENCE)).isEqualTo(new Enqueued(id, false, Reason.DEBOUNCED));
        assertThat(inside.enqueue(sack("two")).block(PATIENCE)).isEqualTo(new Enqueued(id, false, Reason.DEBOUNCED));
        assertContent(id, "before");
        commit();

        assertContent(id, "two");
    }

    @Test
    void whatIsRolledBackHasReplacedNothing() {
        JobId id = enqueue("before").id();
        begin(IsolationLevel.READ_COMMITTED).enqueue(sack("inside")).block(PATIENCE);

        rollback();

        assertContent(id, "before");
        assertThat(enqueue("after").id()).isEqualTo(id);
        assertThat(schema.number("SELECT count(*) FROM %s.pending")).isOne();
    }

    @Test
    void onlyEnqueuesOfTheSameKeyWaitForAnOpenTransaction() {
        JobId id = enqueue("before").id();
        begin(IsolationLevel.READ_COMMITTED).enqueue(sack("inside")).block(PATIENCE);
        JobClient impatient =
                JobClient.builder(schema.store()).maxKeyWait(ofMillis(100)).build();

        assertThatExceptionOfType(UniqueKeyBusyException.class)
                .isThrownBy(() -> impatient.enqueue(sack("outside")).block(PATIENCE))
                .satisfies(e -> assertThat(e.keys()).containsExactly("mill"));
        CompletableFuture<Enqueued> waiting = client.enqueue(sack("outside")).toFuture();
        assertThat(client.enqueue(GRIND.job("x").debounce("other", ofMinutes(1), ofMinutes(1)))
                        .block(PATIENCE)
                        .created())
                .isTrue();
        assertThat(waiting).isNotDone();
        commit();

        assertThat(Mono.fromFuture(waiting).block(PATIENCE).id()).isEqualTo(id);
        assertContent(id, "outside");
    }

    @ParameterizedTest
    @MethodSource("ofOneSnapshot")
    void whatWasReplacedSinceTheSnapshotIsAConflict(IsolationLevel level) {
        enqueue("before");
        JobProducer inside = begin(level);
        enqueue("since");

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> inside.enqueue(sack("inside")).block(PATIENCE))
                .satisfies(e -> assertThat(e.keys()).containsExactly("mill"));

        rollback();
    }

    @Test
    void aTransactionThatReplacesLocksNoOtherSegment() {
        schema.withSegments(2);
        JobProducer inside = begin(IsolationLevel.READ_COMMITTED);

        // PostgreSQL plans the first five of each kind apart.
        Flux.range(0, 10).concatMap(n -> inside.enqueue(sack("n" + n))).blockLast(PATIENCE);

        assertThat(schema.number("SELECT count(*) FROM pg_locks l JOIN pg_inherits i ON i.inhrelid = l.relation"
                        + " WHERE i.inhparent = '%s.job'::regclass AND l.mode = 'RowExclusiveLock'"))
                .isOne();
        commit();
    }

    @Test
    void whoHadToWaitLeavesAJobAloneThatIsDueInAnyCase() {
        JobId first = enqueue("before").id();
        schema.passTime(ofMinutes(61));
        begin(IsolationLevel.READ_COMMITTED).enqueue(sack("inside")).block(PATIENCE);
        Connection second = schema.server().connectionFactory().create().block(PATIENCE);
        try {
            CompletableFuture<Enqueued> waiting = Mono.from(second.beginTransaction())
                    .then(client.in(schema.store().transaction(second)).enqueue(sack("outside")))
                    .toFuture();
            await().until(this::somebodyWaits);
            commit();

            Enqueued answer = Mono.fromFuture(waiting).block(PATIENCE);
            Mono.from(second.commitTransaction()).block(PATIENCE);

            assertThat(answer.created()).isTrue();
            assertContent(first, "inside");
            assertContent(answer.id(), "outside");
            assertThat(enqueue("after").id()).isEqualTo(answer.id());
        } finally {
            Mono.from(second.close()).block(PATIENCE);
        }
    }

    @Test
    void aJobWhoseRowHasMovedSinceTheSnapshotIsAConflict() {
        schema.withSegments(2);
        JobId id = enqueue("before").id();
        Mono.from(connection.beginTransaction(IsolationLevel.REPEATABLE_READ)).block(PATIENCE);
        Flux.from(connection.createStatement("SELECT 1").execute())
                .flatMap(result -> result.map(row -> row.get(0)))
                .blockLast(PATIENCE);
        // As when its segment is dropped.
        String drop = "DO $$ DECLARE leaf regclass := (SELECT tableoid FROM SCHEMA.job); BEGIN"
                + " EXECUTE 'ALTER TABLE SCHEMA.job DETACH PARTITION ' || leaf;"
                + " EXECUTE 'INSERT INTO SCHEMA.job SELECT * FROM ' || leaf;"
                + " EXECUTE 'DROP TABLE ' || leaf; END $$";
        schema.execute(drop.replace("SCHEMA", schema.name()));
        JobProducer inside = client.in(schema.store().transaction(connection));

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> inside.enqueue(sack("inside")).block(PATIENCE));

        rollback();
        assertThat(enqueue("after").id()).isEqualTo(id);
        assertContent(id, "after");
    }

    private boolean somebodyWaits() {
        return schema.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND query LIKE '%' || '%s' || '%'")
                > 0;
    }

    private void waitNoMore(int many) {
        schema.execute("INSERT INTO " + schema.name() + ".debounce"
                + " SELECT now(), now(), n, 0, 4, 'default', 'grind', 'z' || n FROM generate_series(1, " + many
                + ") AS n");
    }

    private long prune() {
        return schema.store().decisions().prune(ofMinutes(60)).block(PATIENCE);
    }

    @Test
    void pruningGoesOnWhileItFindsMany() {
        JobId waits = enqueue("waits").id();
        waitNoMore(20_050);

        assertThat(prune()).isZero();

        assertThat(schema.number("SELECT job FROM %s.debounce")).isEqualTo(waits.value());
    }

    @Test
    void pruningGoesOnLaterWhereItStopped() {
        enqueue("waits");
        String live = "INSERT INTO SCHEMA.debounce SELECT run_at, first_at, job, 0, priority, queue, kind, 'a' || n"
                + " FROM SCHEMA.debounce, generate_series(1, 10000) AS n";
        schema.execute(live.replace("SCHEMA", schema.name()));
        waitNoMore(50);

        assertThat(prune()).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.debounce")).isEqualTo(10_051);
        assertThat(prune()).isZero();

        assertThat(schema.number("SELECT count(*) FROM %s.debounce")).isEqualTo(10_001);
    }

    @Test
    void aPayloadThatIsRefusedReplacesNothing() {
        JobId id = enqueue("before").id();

        List<Throwable> errors = Flux.just("x\0y", "after")
                .flatMapSequential(content -> client.enqueue(sack(content))
                        .then(Mono.<Throwable>empty())
                        .onErrorResume(Mono::just))
                .collectList()
                .block(PATIENCE);

        assertThat(errors).singleElement().asString().contains("InvalidJobException");
        assertContent(id, "after");
    }

    @Test
    void aKeyMayBeAnyText() {
        for (String key : List.of("*", "%", "'", "\\", "\"; DROP TABLE job; --", "🌾麦", "a b", "k".repeat(500))) {
            NewJob<String> job = GRIND.job("sack").debounce(key, ofMinutes(1), ofMinutes(1));
            assertThat(client.enqueue(job).block(PATIENCE).created()).isTrue();
            assertThat(client.enqueue(job).block(PATIENCE).reason()).isEqualTo(Reason.DEBOUNCED);
        }
    }
}
