package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Most jobs of a lease are cancelled at once, while the worker asks and asks again. */
@Tag("slow")
class BulkCancelTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(20);
    private static final int AT_A_TIME = 4;

    private final Set<JobId> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger heartbeats = new AtomicInteger();

    @OnEachServer
    void everyCancelledHandlerIsGoneWithinTwoHeartbeats(TestServer server) {
        TestSchema schema = new TestSchema(server);
        PostgresJobStore store = schema.open(9);
        JobEngine engine = JobEngine.builder(store)
                .queue("default", q -> q.concurrency(200))
                .heartbeatInterval(ofMillis(300))
                .workerExpiry(ofSeconds(30))
                .observer(new CountingHeartbeats())
                .subscribe(
                        GRIND,
                        job -> Mono.never()
                                .doOnSubscribe(s -> running.add(job.id()))
                                .doOnCancel(() -> running.remove(job.id())))
                .build();
        engine.start().block(PATIENCE);
        try {
            JobId here = cancelAllButOne(engine, engine.client());
            JobId elsewhere = cancelAllButOne(engine, JobClient.create(schema.store()));

            assertThat(running).containsExactlyInAnyOrder(here, elsewhere);
            awaitHeartbeats(3);
            assertThat(schema.number("SELECT count(*) FROM %s.cancellation"))
                    .as("what was heard is forgotten")
                    .isZero();
        } finally {
            engine.stop(ofMillis(1)).block(PATIENCE);
            schema.audit();
            store.close().block(PATIENCE);
            schema.close();
        }
    }

    private JobId cancelAllButOne(JobEngine engine, JobClient canceller) {
        int others = running.size();
        List<JobId> ids = engine
                .client()
                .enqueueAll(IntStream.range(0, 60)
                        .mapToObj(nr -> GRIND.job("sack " + nr))
                        .toList())
                .block(PATIENCE)
                .stream()
                .map(Enqueued::id)
                .toList();
        await().atMost(PATIENCE).until(() -> running.size() == others + 60);
        List<CancelAnswer> answers = Flux.fromIterable(ids.subList(0, 59))
                .flatMap(canceller::cancel, AT_A_TIME)
                .collectList()
                .block(PATIENCE);
        assertThat(answers).hasSize(59).containsOnly(CancelAnswer.CANCELLED_WHILE_LEASED);
        // One may have been on its way already; the answer to the third says that the second was heeded.
        awaitHeartbeats(3);
        assertThat(running).hasSize(others + 1);
        return ids.get(59);
    }

    private void awaitHeartbeats(int more) {
        int before = heartbeats.get();
        await().atMost(PATIENCE).until(() -> heartbeats.get() >= before + more);
    }

    private final class CountingHeartbeats implements JobObserver {
        @Override
        public void answered(StoreCall call, long jobs, Duration took) {
            if (call == StoreCall.HEARTBEAT) {
                heartbeats.incrementAndGet();
            }
        }
    }
}
