package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Enqueued;
import io.headrace.Enqueued.Reason;
import io.headrace.JobClient;
import io.headrace.JobProducer;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.TransactionConflictException;
import io.headrace.UniqueKeyBusyException;
import io.r2dbc.spi.IsolationLevel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A throttle counts exactly, whoever enqueues at the same time and in which transaction. */
@OnEachServer
class ThrottleTest extends TermsTests {

    private static final NewJob<String> SACK = JobType.of("grind", String.class).job("sack");
    private static final NewJob<String> TWICE = SACK.throttle("mill", 2, ofMinutes(10));

    ThrottleTest(TestServer server) {
        super(server);
    }

    private Enqueued enqueue(NewJob<String> job) {
        return client.enqueue(job).block(PATIENCE);
    }

    @Test
    void ofManyClientsAtOnceAsManyAreAdmittedAsMayBe() {
        NewJob<String> hundred = SACK.throttle("mill", 100, ofMinutes(10));
        List<JobClient> clients = Flux.range(0, 4)
                .map(n -> JobClient.create(schema.open(5)))
                .collectList()
                .block();

        List<Enqueued> answers = Flux.range(0, 1_000)
                .flatMap(n -> clients.get(n % 4).enqueue(hundred), 256)
                .collectList()
                .block(PATIENCE);

        assertThat(answers).filteredOn(Enqueued::created).hasSize(100);
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isEqualTo(100);
        assertThat(schema.number("SELECT count(DISTINCT job) FROM %s.throttle")).isEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("levels")
    void aTransactionCountsWhatItHasEnqueuedItself(IsolationLevel level) {
        JobProducer inside = begin(level);

        List<Enqueued> answers = Flux.range(0, 3)
                .concatMap(n -> inside.enqueue(TWICE))
                .collectList()
                .block(PATIENCE);
        commit();

        assertThat(answers).extracting(Enqueued::created).containsExactly(true, true, false);
        assertThat(enqueue(TWICE)).isEqualTo(new Enqueued(answers.get(1).id(), false, Reason.THROTTLED));
    }

    @Test
    void whatIsRolledBackDoesNotCount() {
        assertThat(begin(IsolationLevel.READ_COMMITTED)
                        .enqueueAll(List.of(TWICE, TWICE))
                        .block(PATIENCE))
                .allMatch(Enqueued::created);

        rollback();

        assertThat(List.of(enqueue(TWICE), enqueue(TWICE))).allMatch(Enqueued::created);
        assertThat(enqueue(TWICE).reason()).isEqualTo(Reason.THROTTLED);
    }

    @Test
    void onlyEnqueuesOfTheSameKeyWaitForATransactionThatHasRoomLeft() {
        assertThat(begin(IsolationLevel.READ_COMMITTED)
                        .enqueue(TWICE)
                        .block(PATIENCE)
                        .created())
                .isTrue();
        JobClient impatient =
                JobClient.builder(schema.store()).maxKeyWait(ofMillis(100)).build();

        assertThatExceptionOfType(UniqueKeyBusyException.class)
                .isThrownBy(() -> impatient.enqueue(TWICE).block(PATIENCE))
                .satisfies(e -> assertThat(e.keys()).containsExactly("mill"));
        CompletableFuture<Enqueued> waiting = client.enqueue(TWICE).toFuture();
        assertThat(enqueue(SACK.throttle("other", 1, ofMinutes(1))).created()).isTrue();
        assertThat(waiting).isNotDone();
        commit();

        assertThat(Mono.fromFuture(waiting).block(PATIENCE).created()).isTrue();
        assertThat(enqueue(TWICE).created()).isFalse();
    }

    @Test
    void whoIsRefusedWaitsForNobody() {
        enqueue(TWICE);
        Enqueued second = enqueue(TWICE);
        begin(IsolationLevel.READ_COMMITTED)
                .enqueue(SACK.throttle("mill", 3, ofMinutes(10)))
                .block(PATIENCE);

        assertThat(enqueue(TWICE)).isEqualTo(new Enqueued(second.id(), false, Reason.THROTTLED));

        commit();
    }

    @ParameterizedTest
    @MethodSource("ofOneSnapshot")
    void whatWasAdmittedSinceTheSnapshotIsAConflict(IsolationLevel level) {
        JobProducer inside = begin(level);
        enqueue(TWICE);

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> inside.enqueue(TWICE).block(PATIENCE))
                .satisfies(e -> assertThat(e.keys()).containsExactly("mill"));

        rollback();
        assertThat(begin(level).enqueue(TWICE).block(PATIENCE).created()).isTrue();
        commit();
        assertThat(enqueue(TWICE).created()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("ofOneSnapshot")
    void aSnapshotThatIsOlderThanThePeriodIsAConflict(IsolationLevel level) {
        NewJob<String> often = SACK.throttle("mill", 1, ofMillis(1));
        JobProducer inside = begin(level);
        Flux.from(connection
                        .createStatement("SELECT clock_timestamp() > now() + interval '1 millisecond'")
                        .execute())
                .flatMap(result -> result.map(row -> row.get(0, Boolean.class)))
                .repeat()
                .takeUntil(passed -> passed)
                .blockLast(PATIENCE);

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> inside.enqueue(often).block(PATIENCE));

        rollback();
    }

    @Test
    void rowsThatDoNotMatterAnyMoreAreForgotten() {
        for (int round = 0; round < 5; round++) {
            assertThat(List.of(enqueue(TWICE), enqueue(TWICE))).allMatch(Enqueued::created);
            schema.passTime(ofMinutes(11));
        }
        assertThat(schema.number("SELECT count(*) FROM %s.throttle")).isEqualTo(2);

        assertThat(schema.store().decisions().prune(ofMinutes(60)).block(PATIENCE))
                .isZero();

        assertThat(schema.number("SELECT count(*) FROM %s.throttle")).isZero();
    }

    @Test
    void aKeyMayBeAnyText() {
        for (String key : List.of("*", "%", "'", "\\", "\"; DROP TABLE job; --", "🌾麦", "a b", "k".repeat(500))) {
            NewJob<String> once = SACK.throttle(key, 1, ofSeconds(60));
            assertThat(enqueue(once).created()).isTrue();
            assertThat(enqueue(once).reason()).isEqualTo(Reason.THROTTLED);
        }
    }

    @Test
    void pruningGoesOnWhileItFindsMany() {
        schema.execute(
                "INSERT INTO " + schema.name() + ".throttle (at, over_at, job, nr, oldest, kind, key)"
                        + " SELECT now(), now() - interval '1 hour', n, n, 1, 'grind', 'mill' FROM generate_series(1, 25000) AS n");

        assertThat(schema.store().decisions().prune(ofMinutes(60)).block(PATIENCE))
                .isZero();

        assertThat(schema.number("SELECT count(*) FROM %s.throttle")).isZero();
    }
}
