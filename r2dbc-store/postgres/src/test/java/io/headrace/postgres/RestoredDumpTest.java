package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobProgress;
import io.headrace.JobType;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import reactor.core.publisher.Mono;

/** The schema is restored from a dump, its sequences set back with it, while an engine that the dump does not know runs on. */
@Tag("slow")
class RestoredDumpTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);
    private static final Duration EXPIRY = ofSeconds(30);
    private static final int JOBS = 40;

    private static JobEngine engine(PostgresJobStore store, AtomicInteger cancelled) {
        return JobEngine.builder(store)
                .queue("default", q -> q.concurrency(JOBS / 2).prefetch(0))
                .heartbeatInterval(ofMillis(500))
                .workerExpiry(ofMillis(1_000))
                .sweepInterval(ofMillis(200))
                // Longer than it takes to be given up, so that a lease which another takes away never comes to its end.
                .subscribe(GRIND, job -> Mono.delay(ofMillis(2_500)).doOnCancel(cancelled::incrementAndGet))
                .build();
    }

    @OnEachServer
    void aLeaseThatIsGrantedAgainUnderItsNumberIsNotItsFormerHolders(TestServer server) {
        TestSchema schema = new TestSchema(server);
        try {
            PostgresJobStore store = schema.store();
            JobClient.create(store).enqueue(GRIND.job("rye")).block(PATIENCE);
            Runnable restore = SchemaDump.of(schema);
            long former = register(store);
            ClaimedJob formerly = claim(store, former);
            restore.run();
            long holder = register(store);
            ClaimedJob job = claim(store, holder);
            assertThat(List.of(job.lease(), job.id())).containsExactly(formerly.lease(), formerly.id());
            note(store, holder, job, new JobProgress(40, null));

            Settlement stolen = new Settlement(job.lease(), job.id(), false, Verdict.Completed.INSTANCE);
            assertThat(store.leases().settle(former, List.of(stolen)).block(PATIENCE))
                    .containsExactly(stolen);
            note(store, former, formerly, new JobProgress(90, null));
            note(store, former, formerly, null);
            assertThat(store.workers()
                            .heartbeat(new HeartbeatRequest(former, EXPIRY, Set.of(job.lease()), Set.of()))
                            .block(PATIENCE))
                    .isEqualTo(new HeartbeatReply(false, Set.of(job.lease()), Set.of()));
            store.workers().unregister(former).block(PATIENCE);

            assertThat(schema.number("SELECT percent FROM %s.progress")).isEqualTo(40);
            assertThat(store.leases().settle(holder, List.of(stolen)).block(PATIENCE))
                    .isEmpty();
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

    private static ClaimedJob claim(PostgresJobStore store, long worker) {
        ClaimRequest.Terms terms = new ClaimRequest.Terms(3, Duration.ofHours(1));
        List<ClaimedJob> jobs = store.leases()
                .claim(new ClaimRequest(worker, "default", Map.of("grind", terms), 1))
                .block(PATIENCE)
                .jobs();
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    private static void note(PostgresJobStore store, long worker, ClaimedJob job, @Nullable JobProgress progress) {
        assertThat(store.leases()
                        .note(worker, List.of(new ProgressNote(job.lease(), job.id(), progress)))
                        .blockOptional(PATIENCE))
                .isEmpty();
    }

    @OnEachServer
    void noWorkerTakesTheLeasesOfOneThatRegisteredAfterTheRestore(TestServer server) {
        TestSchema schema = new TestSchema(server);
        PostgresJobStore olderStore = schema.open(9);
        PostgresJobStore newerStore = schema.open(9);
        AtomicInteger cancelledInOlder = new AtomicInteger();
        AtomicInteger cancelledInNewer = new AtomicInteger();
        JobEngine older = engine(olderStore, cancelledInOlder);
        JobEngine newer = engine(newerStore, cancelledInNewer);
        try {
            JobClient.create(schema.store())
                    .enqueueAll(IntStream.range(0, JOBS)
                            .mapToObj(nr -> GRIND.job("sack " + nr))
                            .toList())
                    .block(PATIENCE);
            newerStore.checkSchema().block(PATIENCE);
            Runnable restore = SchemaDump.of(schema);
            older.start().block(PATIENCE);
            await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.lease") > 0);

            restore.run();
            newer.start().block(PATIENCE);

            await().atMost(PATIENCE)
                    .until(() -> schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == JOBS);
            assertThat(cancelledInNewer).as("leases lost to the other").hasValue(0);
            assertThat(schema.number("SELECT count(DISTINCT id) FROM %s.worker"))
                    .as("workers")
                    .isEqualTo(2);
        } finally {
            older.stop(ofMillis(1)).block(PATIENCE);
            newer.stop(ofMillis(1)).block(PATIENCE);
            schema.audit();
            olderStore.close().block(PATIENCE);
            newerStore.close().block(PATIENCE);
            schema.close();
        }
    }
}
