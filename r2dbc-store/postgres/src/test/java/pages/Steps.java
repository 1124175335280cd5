package pages;

import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.spi.JobStore;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/steps.md. */
final class Steps {

    record Order(String id, int cents) {}

    record Receipt(String id) {}

    record Parcel(String number) {}

    record Article(long nr, String name) {}

    static final JobType<Order> SHIP = JobType.of("ship-order", Order.class);
    static final JobType<Order> SHIP_BLOCKING = JobType.of("ship-order-blocking", Order.class);
    static final JobType<String> EXPORT = JobType.of("export-catalog", String.class);

    /** Services that may fail. Each takes a key by which it recognizes a request that it has already had. */
    interface Shop {
        Mono<Receipt> charge(Order order, String key);

        Mono<Parcel> ship(Order order, String key);

        Mono<Void> mail(Receipt receipt, Parcel parcel);

        Flux<Article> articlesAfter(long nr);

        Mono<Void> export(List<Article> articles);
    }

    private final Shop shop;

    Steps(Shop shop) {
        this.shop = shop;
    }

    Mono<Void> ship(Job<Order> job) {
        Order order = job.payload();
        return Mono.zip(
                        job.step("charge", Receipt.class, () -> shop.charge(order, job.id() + "-charge")),
                        job.step("ship", Parcel.class, () -> shop.ship(order, job.id() + "-ship")))
                .flatMap(done -> job.step("mail", () -> shop.mail(done.getT1(), done.getT2())));
    }

    JobEngine engine(JobStore store) {
        return JobEngine.builder(store)
                .subscribe(SHIP, this::ship)
                .subscribe(EXPORT, this::export)
                .subscribe(JobHandler.blocking(SHIP_BLOCKING, this::shipBlocking))
                .build();
    }

    Mono<Void> export(Job<String> job) {
        return job.cursor(Long.class)
                .defaultIfEmpty(0L)
                .flatMapMany(shop::articlesAfter)
                .buffer(500)
                .concatMap(articles -> shop.export(articles)
                        .then(job.cursor(articles.get(articles.size() - 1).nr())))
                .then();
    }

    Object shipBlocking(Job<Order> job) throws Exception {
        Order order = job.payload();
        Receipt receipt = job.blockingStep(
                "charge",
                Receipt.class,
                () -> shop.charge(order, job.id() + "-charge").block());
        Parcel parcel = job.blockingStep(
                "ship", Parcel.class, () -> shop.ship(order, job.id() + "-ship").block());
        return job.blockingStep(
                "mail", Void.class, () -> shop.mail(receipt, parcel).block());
    }
}
