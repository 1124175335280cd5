package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobNotCompletedException;
import io.headrace.JobOutcome;
import io.headrace.RetryPolicy;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Results that one process awaits of another. */
@OnEachServer
class ResultTest extends EngineTests {

    private record Flour(String of) {}

    private final Sinks.Empty<Void> gate = Sinks.empty();

    ResultTest(TestServer server) {
        super(server);
    }

    /** An engine that polls twice a day, so that whatever it does at once it was told to do. */
    private JobEngine engine(PostgresJobStore store) {
        return start(JobEngine.builder(store)
                .queue("default", q -> q.pollInterval(ofHours(12)))
                .subscribe(JobHandler.<String>of(GRIND, job -> switch (job.payload()) {
                            case "rock" -> Mono.error(new IllegalStateException("too hard"));
                            case "slow" -> gate.asMono().then(Mono.just(JobOutcome.complete("slow flour")));
                            case "water" -> Mono.empty();
                            default -> Mono.just(JobOutcome.complete(new Flour(job.payload())));
                        })
                        .retry(RetryPolicy.defaults().maxAttempts(1))));
    }

    /** A client that looks at jobs every ten minutes, so that whatever it learns it was told. */
    private JobClient client(PostgresJobStore store) {
        return JobClient.builder(store).watchInterval(ofMinutes(10)).build();
    }

    private void awaitIdle() {
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") > 0);
    }

    @Test
    void aStoreThatIsClosedListensNoMore() {
        String listeners = "FROM pg_stat_activity WHERE query = 'LISTEN " + schema.name() + "'";
        PostgresJobStore closing = openStore();
        JobClient client = client(closing);
        JobId id = client.enqueue(GRIND.job("rye")).block(PATIENCE).id();
        Disposable waiting = client.await(id).subscribe(end -> {}, error -> {});
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) " + listeners) == 1);
        long listener = schema.number("SELECT pid " + listeners);

        closing.close().block(PATIENCE);

        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM pg_stat_activity WHERE pid = " + listener) == 0);
        waiting.dispose();
    }

    @Test
    void anotherProcessIsToldOfEachEnd() {
        engine(schema.store());
        awaitIdle();
        JobClient client = client(openStore());
        Mono<String> slow = client.enqueue(GRIND.job("slow"))
                .flatMap(job -> client.await(job.id(), String.class))
                .cache();
        slow.subscribe();
        // From now on, what is settled after a registration is announced.
        await().atMost(PATIENCE).until(schema.store()::isAwaited);

        assertThat(client.enqueue(GRIND.job("rye"))
                        .flatMap(job -> client.await(job.id(), Flour.class))
                        .block(PATIENCE))
                .isEqualTo(new Flour("rye"));
        assertThat(client.enqueue(GRIND.job("water"))
                        .flatMap(job -> client.await(job.id(), Flour.class))
                        .blockOptional(PATIENCE))
                .isEmpty();
        assertThatNotCompleted(client.enqueue(GRIND.job("rock")).flatMap(job -> client.await(job.id(), Flour.class)));
        gate.tryEmitEmpty();
        assertThat(slow.block(PATIENCE)).isEqualTo("slow flour");
    }

    /** They end before they are registered, at the same moment, or after. */
    @Test
    void nobodyWaitsInVain() {
        engine(schema.store());
        engine(openStore());
        JobClient one = JobClient.create(openStore());
        JobClient another = JobClient.create(openStore());

        List<Flour> results = Flux.range(0, 1_000)
                .flatMap(
                        i -> one.enqueue(GRIND.job("sack " + i))
                                .flatMap(job -> (i % 2 == 0 ? one : another).await(job.id(), Flour.class)),
                        50)
                .collectList()
                .block(PATIENCE);

        assertThat(results).hasSize(1_000).doesNotHaveDuplicates();
    }

    private static void assertThatNotCompleted(Mono<?> awaited) {
        Assertions.assertThatExceptionOfType(JobNotCompletedException.class)
                .isThrownBy(() -> awaited.block(PATIENCE))
                .satisfies(e -> assertThat(e.failure().message()).isEqualTo("too hard"));
    }

    @Test
    void theSameProcessIsToldByItsEngine() {
        JobEngine engine = engine(schema.store());
        JobClient client = engine.client();

        for (int i = 0; i < 20; i++) {
            assertThat(client.enqueue(GRIND.job("rye"))
                            .flatMap(job -> client.await(job.id(), Flour.class))
                            .block(PATIENCE))
                    .isEqualTo(new Flour("rye"));
        }
    }

    @Test
    void manyWhoAwaitShareAFewStatements() {
        engine(schema.store());
        awaitIdle();
        Counting counting = new Counting(openStore());
        JobClient client = JobClient.create(counting.proxy());
        JobId slow = client.enqueue(GRIND.job("slow")).block(PATIENCE).id();
        int before = counting.calls().size();

        Mono<List<String>> all = Flux.range(0, 10_000)
                .flatMap(i -> client.await(slow, String.class), 10_000)
                .collectList();
        Sinks.One<List<String>> results = Sinks.one();
        all.subscribe(results::tryEmitValue, results::tryEmitError);
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.waiter") == 1);
        gate.tryEmitEmpty();

        assertThat(results.asMono().block(PATIENCE)).hasSize(10_000).containsOnly("slow flour");
        assertThat(counting.calls().subList(before, counting.calls().size()))
                .as("a registration, and reads of how it stands")
                .hasSizeLessThan(10)
                .filteredOn("await"::equals)
                .hasSizeBetween(1, 2);
    }

    @Test
    void aProcessThatDiesLeavesRowsThatExpire() {
        JobEngine engine = engine(schema.store());
        awaitIdle();
        PostgresJobStore dying = openStore();
        JobId slow = engine.client().enqueue(GRIND.job("slow")).block(PATIENCE).id();
        Disposable waiting = client(dying).await(slow, String.class).subscribe(result -> {}, error -> {});
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.waiter") == 1);
        dying.close().block(PATIENCE);
        waiting.dispose();
        assertThat(schema.number("SELECT count(*) FROM %s.waiter WHERE expires_at <= now() + interval '5 minutes'"))
                .isOne();

        schema.execute("UPDATE " + schema.name() + ".waiter SET expires_at = now() - interval '1 second'");
        schema.store().decisions().prune(ofHours(1)).block(PATIENCE);

        assertThat(schema.number("SELECT count(*) FROM %s.waiter")).isZero();
        gate.tryEmitEmpty();
        assertThat(engine.client().await(slow, String.class).block(ofSeconds(10)))
                .isEqualTo("slow flour");
    }
}
