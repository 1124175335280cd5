package io.headrace.console.browser;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.bulk.BulkAction;
import io.headrace.operate.Actor;
import java.time.Duration;
import java.util.List;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Jobs of all sorts for the pictures: some come and run, some wait, some have failed, one waits for its next attempt. */
final class Scene implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(60);

    private final JobId retrying;
    private final Disposable traffic;

    private Scene(Desk desk) {
        retrying = retrying(desk);
        fail(desk);
        await(desk);
        desk.operator().schedules().runNow("nightly-report").block(Desk.PATIENCE);
        traffic = Flux.interval(BEAT)
                .onBackpressureDrop()
                .concatMap(beat -> desk.client().enqueue(Desk.MAIL.job("mail " + beat)))
                .subscribe();
    }

    static Scene set(Desk desk) {
        return new Scene(desk);
    }

    JobId retrying() {
        return retrying;
    }

    private static JobId retrying(Desk desk) {
        return desk.client()
                .enqueue(Desk.ORDER
                        .job(new Desk.Order(8812, "ada@example.com", List.of("kettle", "cups")))
                        .uniqueKey("order-8812")
                        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
                .map(one -> one.id())
                .flatMap(id -> desk.client()
                        .watch(id)
                        .filter(update -> update.failure() != null)
                        .next()
                        .map(update -> id))
                .block(Desk.PATIENCE);
    }

    private static void fail(Desk desk) {
        Flux.range(8801, 5)
                .flatMap(number -> desk.client()
                        .enqueue(Desk.ORDER
                                .job(new Desk.Order(number, "bob@example.com", List.of("lamp")))
                                .maxAttempts(1)))
                .map(one -> one.id())
                .flatMap(id -> desk.await(id, JobState.FAILED))
                .blockLast(Desk.PATIENCE);
        List<JobId> invoices = desk.failedInvoices(34).collectList().block(Desk.PATIENCE);
        desk.operator()
                .as(Actor.withAllRights("grace"))
                .bulk()
                .start(new BulkAction.Discard(FailedJobs.byId(invoices.subList(0, 3))))
                .block(Desk.PATIENCE);
        desk.mails(true);
    }

    private static void await(Desk desk) {
        Flux.range(1, 60)
                .flatMap(i -> desk.client().enqueue(Desk.WEBHOOK.job("order " + i)))
                .thenMany(Flux.range(1, 24))
                .flatMap(i -> desk.client().enqueue(Desk.REPORT.job("day " + i).delay(Duration.ofHours(i))))
                .blockLast(Desk.PATIENCE);
        desk.operator().as(Actor.withAllRights("ada")).pause("reports").block(Desk.PATIENCE);
    }

    @Override
    public void close() {
        traffic.dispose();
    }
}
