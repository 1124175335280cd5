package io.headrace.console.demo;

import io.headrace.Backoff;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.spi.JobStore;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs of all sorts that come, run, fail and wait, so that every page has something to show. */
final class DemoJobs {

    private static final JobType<String> MAIL =
            JobType.of("send-mail", String.class).queue("mail");
    private static final JobType<String> CHARGE =
            JobType.of("charge-card", String.class).queue("payments");
    private static final JobType<String> IMPORT =
            JobType.of("import-feed", String.class).queue("imports");
    private static final JobType<String> REPORT =
            JobType.of("nightly-report", String.class).queue("reports");
    private static final JobType<String> ORPHAN =
            JobType.of("kind-without-handler", String.class).queue("mail");
    private static final JobType<String> NOBODY =
            JobType.of("resize-image", String.class).queue("queue-without-engine");

    private static final JobType<String> SHIP =
            JobType.of("ship-order", String.class).queue("orders");

    private static final int MAIL_MILLIS = 200;
    private static final int IMPORT_STEPS = 20;
    private static final Duration BEAT = Duration.ofMillis(250);

    private DemoJobs() {}

    /** Starts an engine on the store and gives it jobs until the process ends. */
    static JobEngine start(JobStore store) {
        JobEngine engine = JobEngine.builder(store)
                .name("demo")
                .queue("mail", queue -> queue.concurrency(4))
                .queue("payments", queue -> queue.concurrency(2))
                .queue("imports", queue -> queue.concurrency(2))
                .queue("reports")
                .subscribe(MAIL, job -> Mono.delay(Duration.ofMillis(random(MAIL_MILLIS))))
                .subscribe(JobHandler.of(CHARGE, job -> charge(job.payload()))
                        .retry(RetryPolicy.defaults()
                                .backoff(Backoff.fixed(Duration.ofSeconds(5)))
                                .maxAttempts(3)))
                .subscribe(
                        IMPORT,
                        job -> Flux.interval(Duration.ofMillis(500))
                                .take(IMPORT_STEPS)
                                .doOnNext(step -> job.progress(
                                        (int) ((step + 1) * 100 / IMPORT_STEPS), "row " + (step + 1) * 1_000)))
                .queue("orders", queue -> queue.concurrency(2))
                .subscribe(
                        SHIP,
                        job -> job.signalled(job.payload())
                                .map(paid -> paid
                                        ? JobOutcome.complete()
                                        : JobOutcome.await(job.payload(), Duration.ofDays(7))))
                .subscribe(REPORT, job -> Mono.delay(Duration.ofSeconds(2)))
                .enqueues(ORPHAN, NOBODY)
                .schedule("nightly-report", Cron.of("30 2 * * *", "Europe/Berlin"), REPORT.job("yesterday"))
                .schedule("every-ten-seconds", Every.of(Duration.ofSeconds(10)), REPORT.job("now"))
                .build();
        engine.start().block();
        some(engine.client()).block();
        Flux.interval(BEAT)
                .onBackpressureDrop()
                .concatMap(beat -> more(engine.client(), beat))
                .subscribe();
        return engine;
    }

    private static Mono<Void> some(JobClient client) {
        return Flux.range(1, 12)
                .concatMap(i -> client.enqueue(NOBODY.job("photo " + i)))
                .thenMany(Flux.range(1, 3).concatMap(i -> client.enqueue(ORPHAN.job("letter " + i))))
                .thenMany(Flux.range(1, 8).concatMap(i -> client.enqueue(SHIP.job("paid-order-" + i))))
                .thenMany(Flux.just("paid-<b>&\u202e", "*").concatMap(key -> client.enqueue(SHIP.job(key))))
                .thenMany(Flux.range(1, 5)
                        .concatMap(i -> client.enqueue(MAIL.job("later " + i).delay(Duration.ofHours(i)))))
                .then(client.enqueue(MAIL.job("<script>alert('payload')</script> \u202e right to left")
                        .delay(Duration.ofDays(1))
                        .uniqueKey("<img src=x onerror=alert('key')>")))
                .then();
    }

    private static Mono<Void> more(JobClient client, long beat) {
        Flux<Void> mails = Flux.range(0, random(4))
                .concatMap(i -> client.enqueue(MAIL.job("mail " + beat)))
                .thenMany(Flux.empty());
        Mono<?> charge = beat % 8 == 0 ? client.enqueue(CHARGE.job("order " + beat)) : Mono.empty();
        Mono<?> feed = beat % 20 == 0 ? client.enqueue(IMPORT.job("feed " + beat)) : Mono.empty();
        return mails.then(charge).then(feed).then();
    }

    private static Mono<Void> charge(String order) {
        return switch (random(6)) {
            case 0 -> Mono.error(new IllegalStateException("The card of " + order + " was declined"));
            case 1 -> Mono.error(new ConnectException("Connection refused: payments.example:443"));
            case 2 -> Mono.error(new IllegalArgumentException("<b>unexpected</b> answer for " + order));
            default -> Mono.delay(Duration.ofMillis(100)).then();
        };
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }
}
