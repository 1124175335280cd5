package io.headrace.postgres;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.spi.PoolUse;
import io.headrace.spi.StoreHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A server that is not the one to write to any more. */
class FailoverTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(60);

    /** As a demoted primary does whose clients are led to the new one: sessions there are stay read-only, new ones write. */
    @OnEachServer
    void anEngineLeavesAServerThatHasBecomeReadOnly(TestServer server) throws IOException {
        TestSchema schema = new TestSchema(server);
        try (FreezingProxy proxy = new FreezingProxy(server.host(), server.port())) {
            PostgresJobStore store = PostgresJobStore.builder(
                            server.behind(proxy).connectionFactory())
                    .schema(schema.name())
                    .build();
            JobEngine engine = JobEngine.builder(store)
                    .heartbeatInterval(ofMillis(200))
                    .sweepInterval(ofMillis(500))
                    .subscribe(GRIND, job -> Mono.empty())
                    .build();
            engine.start().block(PATIENCE);
            JobClient elsewhere = JobClient.create(schema.store());
            awaitCompleted(
                    schema,
                    elsewhere.enqueue(GRIND.job("before")).block(PATIENCE).id());

            demote(store);

            awaitCompleted(
                    schema,
                    elsewhere.enqueue(GRIND.job("meanwhile")).block(PATIENCE).id());
            awaitCompleted(
                    schema,
                    engine.client().enqueue(GRIND.job("after")).block(PATIENCE).id());
            await().atMost(PATIENCE)
                    .until(() -> store.inspector().health().block(PATIENCE).wakeUps() == StoreHealth.WakeUps.HEARD);
            store.decisions().pruneCompleted(ofDays(7)).block(PATIENCE);
            engine.stop().block(PATIENCE);
            store.close().block(PATIENCE);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** Every connection of the store that moves jobs, keeps leases or tidies is one of now, and writes no more. */
    private static void demote(PostgresJobStore store) {
        List<Integer> sizes =
                store.inspector().pools().stream().map(PoolUse::most).toList();
        CountDownLatch all =
                new CountDownLatch(sizes.stream().mapToInt(Integer::intValue).sum());
        Sinks.Empty<Void> done = Sinks.empty();
        Function<SqlChannel, Mono<Integer>> body =
                channel -> channel.rows("SET default_transaction_read_only = on", set -> set, row -> row)
                        .then(Mono.defer(() -> {
                            all.countDown();
                            if (all.getCount() == 0) {
                                done.tryEmitEmpty();
                            }
                            return done.asMono();
                        }))
                        .thenReturn(1);
        Connections connections = store.connections();
        Flux.merge(
                        Flux.range(0, sizes.get(0)).flatMap(i -> connections.work(body)),
                        Flux.range(0, sizes.get(1)).flatMap(i -> connections.upkeep(body)),
                        Flux.range(0, sizes.get(2)).flatMap(i -> connections.tidy(body)))
                .blockLast(PATIENCE);
    }

    private static void awaitCompleted(TestSchema schema, JobId id) {
        await().atMost(PATIENCE)
                .until(() -> schema.store().inspector().find(id).block(PATIENCE).state() == JobState.COMPLETED);
    }
}
