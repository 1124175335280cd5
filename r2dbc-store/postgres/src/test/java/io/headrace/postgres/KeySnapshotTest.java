package io.headrace.postgres;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobProducer;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.TransactionConflictException;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a caller's transaction is told of a unique key is true, however old the snapshot is that it looks at. */
@OnEachServer
class KeySnapshotTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final NewJob<String> KEYED = GRIND.job("sack").uniqueKey("sack");
    private static final Duration PATIENCE = ofSeconds(10);

    private final TestSchema schema;
    private JobClient client;
    private Connection connection;
    private long worker;

    KeySnapshotTest(TestServer server) {
        this.schema = TestSchema.reused(server);
    }

    static List<IsolationLevel> ofOneSnapshot() {
        return List.of(IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE);
    }

    @BeforeEach
    void connect() {
        client = JobClient.create(schema.store());
        worker = schema.store()
                .workers()
                .register("miller", Set.of("default"), ofMinutes(5), false)
                .block(PATIENCE);
        connection = schema.server().connectionFactory().create().block(PATIENCE);
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            Mono.from(connection.close()).block(PATIENCE);
            assertThat(JobOperator.create(schema.store()).audit().block(PATIENCE))
                    .hasToString("ok");
        } finally {
            schema.close();
        }
    }

    /** With the snapshot taken. */
    private JobProducer begin(IsolationLevel level) {
        Mono.from(connection.beginTransaction(level)).block(PATIENCE);
        Flux.from(connection
                        .createStatement("SELECT count(*) FROM " + schema.name() + ".job")
                        .execute())
                .flatMap(result -> result.map(row -> row.get(0)))
                .blockLast(PATIENCE);
        return client.in(schema.store().transaction(connection));
    }

    private void commit() {
        Mono.from(connection.commitTransaction()).block(PATIENCE);
    }

    private JobId enqueueOutside() {
        Enqueued enqueued = client.enqueue(KEYED).block(PATIENCE);
        assertThat(enqueued.created()).isTrue();
        return enqueued.id();
    }

    private void completeAll() {
        ClaimRequest.Terms terms = new ClaimRequest.Terms(1, ofMinutes(5));
        List<Settlement> done = schema
                .store()
                .leases()
                .claim(new ClaimRequest(worker, "default", Map.of("grind", terms), 100))
                .block(PATIENCE)
                .jobs()
                .stream()
                .map(job -> new Settlement(job.lease(), job.id(), true, Verdict.Completed.INSTANCE))
                .toList();
        assertThat(done).isNotEmpty();
        assertThat(schema.store().leases().settle(worker, done).block(PATIENCE)).isEmpty();
    }

    private JobState state(JobId id) {
        return client.find(id).block(PATIENCE).state();
    }

    @ParameterizedTest
    @MethodSource("ofOneSnapshot")
    void aKeyThatWasReleasedSinceTheSnapshotIsTaken(IsolationLevel level) {
        JobId ended = enqueueOutside();
        JobProducer inside = begin(level);
        completeAll();

        Enqueued first = inside.enqueue(KEYED).block(PATIENCE);
        Enqueued second = inside.enqueue(KEYED).block(PATIENCE);
        commit();

        assertThat(first.created()).isTrue();
        assertThat(first.id()).isNotEqualTo(ended);
        assertThat(second).isEqualTo(new Enqueued(first.id(), false));
        assertThat(state(first.id())).isEqualTo(JobState.PENDING);
    }

    @ParameterizedTest
    @MethodSource("ofOneSnapshot")
    void aHolderThatTheSnapshotShowsAndThatStillHoldsTheKeyIsTold(IsolationLevel level) {
        JobId holder = enqueueOutside();
        JobProducer inside = begin(level);

        assertThat(inside.enqueue(KEYED).block(PATIENCE)).isEqualTo(new Enqueued(holder, false));

        completeAll();
        commit();
    }

    @ParameterizedTest
    @MethodSource("ofOneSnapshot")
    void aHolderThatTheSnapshotDoesNotShowIsAnErrorThatSaysWhatToDo(IsolationLevel level) {
        JobProducer inside = begin(level);
        JobId holder = enqueueOutside();

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> inside.enqueue(KEYED).block(PATIENCE))
                .withMessageContaining("[sack]")
                .withMessageContaining("run it again")
                .satisfies(e -> {
                    assertThat(e.keys()).containsExactly("sack");
                    assertThat(e.sqlState()).isEqualTo("40001");
                    assertThat(e.isPassing()).isTrue();
                });

        Mono.from(connection.rollbackTransaction()).block(PATIENCE);
        assertThat(begin(level).enqueue(KEYED).block(PATIENCE)).isEqualTo(new Enqueued(holder, false));
        commit();
    }

    /** Only a lock could prevent this, and it would keep the job from ending. */
    @Test
    void inReadCommittedAHolderThatWasToldMayEndBeforeTheCommit() {
        JobId holder = enqueueOutside();
        JobProducer inside = begin(IsolationLevel.READ_COMMITTED);

        assertThat(inside.enqueue(KEYED).block(PATIENCE)).isEqualTo(new Enqueued(holder, false));
        completeAll();
        assertThat(state(holder)).isEqualTo(JobState.COMPLETED);
        Enqueued again = inside.enqueue(KEYED).block(PATIENCE);
        commit();

        assertThat(again.created())
                .as("whoever asks later gets the answer of then")
                .isTrue();
        assertThat(state(again.id())).isEqualTo(JobState.PENDING);
    }

    @Test
    void inReadCommittedEveryCallSeesWhatWasCommittedBeforeIt() {
        JobProducer inside = begin(IsolationLevel.READ_COMMITTED);
        JobId holder = enqueueOutside();

        assertThat(inside.enqueue(KEYED).block(PATIENCE)).isEqualTo(new Enqueued(holder, false));

        commit();
    }

    /** The moment between the two cannot be met from outside: what the statement would ask then is asked here. */
    @Test
    void aKeyThatCameFreeWhileItsHolderWasLookedForIsTaken() {
        JobId own = enqueueOutside();
        completeAll();
        Mono.from(connection.beginTransaction()).block(PATIENCE);

        Long answer = Flux.from(connection
                        .createStatement(
                                "SELECT " + schema.name() + ".key_holder('grind', 'sack', " + own.value() + ", NULL)")
                        .execute())
                .flatMap(result -> result.map(row -> row.get(0, Long.class)))
                .blockLast(PATIENCE);

        assertThat(answer).isEqualTo(own.value());
        Mono.from(connection.rollbackTransaction()).block(PATIENCE);
    }
}
