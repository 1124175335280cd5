package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.SweepReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import reactor.core.publisher.Mono;

/** The database cannot be reached for longer than the engines' expiry, and none of them has died. */
@Tag("slow")
class OutageTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);
    private static final Duration EXPIRY = ofSeconds(30);
    private static final int JOBS = 40;

    private final Set<JobId> running = ConcurrentHashMap.newKeySet();
    private final Set<JobId> lost = ConcurrentHashMap.newKeySet();

    private JobEngine engine(PostgresJobStore store) {
        return JobEngine.builder(store)
                .queue("default", q -> q.concurrency(JOBS / 2).prefetch(0))
                .heartbeatInterval(ofMillis(400))
                .workerExpiry(ofMillis(1_000))
                .sweepInterval(ofMillis(50))
                .subscribe(
                        GRIND,
                        job -> Mono.never()
                                .doOnSubscribe(s -> running.add(job.id()))
                                .doOnCancel(() -> lost.add(job.id())))
                .build();
    }

    @OnEachServer
    void enginesThatLivedThroughAnOutageKeepTheirLeases(TestServer server) throws IOException {
        TestSchema schema = new TestSchema(server);
        try (FreezingProxy proxy = new FreezingProxy(server.host(), server.port())) {
            TestServer behindProxy = server.behind(proxy);
            List<PostgresJobStore> stores = new ArrayList<>();
            List<JobEngine> engines = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                PostgresJobStore store = PostgresJobStore.builder(behindProxy.connectionFactory())
                        .schema(schema.name())
                        .build();
                stores.add(store);
                engines.add(engine(store));
                engines.get(i).start().block(PATIENCE);
            }
            JobClient.create(schema.store())
                    .enqueueAll(IntStream.range(0, JOBS)
                            .mapToObj(nr -> GRIND.job("sack " + nr))
                            .toList())
                    .block(PATIENCE);
            await().atMost(PATIENCE).until(() -> running.size() == JOBS);
            long leases = schema.number("SELECT sum(id) FROM %s.lease");

            for (int outage = 0; outage < 2; outage++) {
                proxy.cutOff();
                await().atMost(PATIENCE).until(() -> alive(schema) == 0);
                proxy.reconnect();
                await().atMost(PATIENCE).until(() -> alive(schema) == 2);
            }

            assertThat(schema.number("SELECT sum(id) FROM %s.lease")).isEqualTo(leases);
            assertThat(schema.number("SELECT count(*) FROM %s.pending")).isZero();
            for (JobEngine engine : engines) {
                engine.stop(ofMillis(1)).block(PATIENCE);
            }
            assertThat(lost).as("broken off by the stop").hasSize(JOBS);
            assertThat(schema.number("SELECT max(suspicion) FROM %s.pending"))
                    .as("handed back, and not swept")
                    .isZero();
            stores.forEach(store -> store.close().block(PATIENCE));
            schema.audit();
        } finally {
            schema.close();
        }
    }

    @OnEachServer
    void whileTheServerWasDownNobodyWasSilent(TestServer server) {
        TestSchema schema = new TestSchema(server);
        try {
            PostgresJobStore store = schema.store();
            long holder = register(store);
            JobClient.create(store).enqueue(GRIND.job("rye")).block(PATIENCE);
            ClaimRequest.Terms terms = new ClaimRequest.Terms(3, ofHours(1));
            assertThat(store.leases()
                            .claim(new ClaimRequest(holder, "default", Map.of("grind", terms), 1))
                            .block(PATIENCE)
                            .jobs())
                    .hasSize(1);
            schema.passTime(EXPIRY.multipliedBy(4));
            schema.restartServer();

            long started = register(store);
            assertThat(store.workers().sweep(started).block(PATIENCE).isIdle())
                    .as("at start-up")
                    .isTrue();
            schema.passTime(EXPIRY.minusSeconds(5));
            assertThat(store.workers().sweep(started).block(PATIENCE).isIdle())
                    .as("before its expiry")
                    .isTrue();
            schema.passTime(ofSeconds(10));

            assertThat(store.workers().sweep(register(store)).block(PATIENCE))
                    .as("after it, and by one that starts only then")
                    .isEqualTo(new SweepReport(2, 1, 1, 0));
            assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
        } finally {
            schema.close();
        }
    }

    private static long register(PostgresJobStore store) {
        return store.workers()
                .register("miller", Set.of("default"), EXPIRY, false)
                .block(PATIENCE);
    }

    private static long alive(TestSchema schema) {
        return schema.number("SELECT count(*) FROM %s.worker WHERE expires_at > now()");
    }
}
