package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.spi.StoreHealth;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;

/** An idle engine, and a transaction in which its client enqueues. */
abstract class LeaseInTransactionTests extends EngineTests {

    final Queue<String> handled = new ConcurrentLinkedQueue<>();
    final Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
    final Counting counting;
    ReportingTransaction transaction;

    LeaseInTransactionTests(TestServer server) {
        super(server);
        counting = new Counting(openStore());
    }

    @AfterEach
    void endTransaction() {
        transaction.close();
    }

    /** An engine that looks by itself twice a day. */
    JobEngine idle(int slots, UnaryOperator<JobEngine.Builder> settings) {
        JobEngine engine = start(settings.apply(JobEngine.builder(counting.proxy())
                .queue("default", q -> q.concurrency(slots).prefetch(0).pollInterval(ofHours(12)))
                .subscribe(
                        GRIND,
                        job -> Mono.fromRunnable(() -> {
                            attempts.add(job.attempt());
                            handled.add(job.payload());
                        }))));
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") == 1);
        // With its first word the listener has every queue claimed from: until then there may be something older.
        await().atMost(PATIENCE)
                .until(() ->
                        counting.proxy().inspector().health().block(PATIENCE).wakeUps() == StoreHealth.WakeUps.HEARD);
        transaction = ReportingTransaction.begin(schema);
        return engine;
    }

    JobEngine idle() {
        return idle(
                2, e -> e.heartbeatInterval(ofHours(1)).workerExpiry(ofHours(2)).sweepInterval(ofHours(1)));
    }

    /** Nothing is on its way that an engine does by itself. */
    JobEngine quiet() {
        JobEngine engine = idle();
        counting.awaitQuiet();
        return engine;
    }

    JobId enqueue(JobEngine engine, String payload) {
        return engine.client()
                .in(transaction)
                .enqueue(GRIND.job(payload))
                .block(PATIENCE)
                .id();
    }

    void awaitHandled(String... payloads) {
        await().atMost(PATIENCE).until(() -> handled.containsAll(List.of(payloads)));
    }

    void nothingIsLeft() {
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.lease") == 0);
    }

    JobEngine startAnother() {
        return start(JobEngine.builder(openStore())
                .subscribe(
                        GRIND,
                        job -> Mono.fromRunnable(() -> {
                            attempts.add(job.attempt());
                            handled.add(job.payload());
                        })));
    }
}
