package pages;

import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** The program of docs/follow-ups.md. */
final class FollowUps {

    record Order(String number, String customer) {}

    record Page(String catalog, int number) {}

    static final JobType<Order> CHARGE = JobType.of("charge", Order.class);
    static final JobType<Order> SHIP = JobType.of("ship", Order.class);
    static final JobType<Order> ASK_FOR_REVIEW = JobType.of("ask-for-review", Order.class);
    static final JobType<Page> IMPORT = JobType.of("import", Page.class);

    /** What the jobs call. */
    interface Shop {
        Mono<Void> charge(Order order);

        Mono<Void> ship(Order order);

        Mono<Void> askForReview(Order order);

        Mono<List<String>> importPage(Page page);
    }

    private final Shop shop;

    FollowUps(Shop shop) {
        this.shop = shop;
    }

    JobEngine engine(JobStore store) {
        return JobEngine.builder(store)
                .subscribe(CHARGE, this::charge)
                .subscribe(SHIP, job -> shop.ship(job.payload()))
                .subscribe(ASK_FOR_REVIEW, job -> shop.askForReview(job.payload()))
                .subscribe(IMPORT, this::importPage)
                .build();
    }

    Mono<JobOutcome> charge(Job<Order> job) {
        Order order = job.payload();
        return shop.charge(order)
                .thenReturn(JobOutcome.completeThen(
                        SHIP.job(order).priority(1), ASK_FOR_REVIEW.job(order).delay(Duration.ofDays(7))));
    }

    Mono<JobOutcome> importPage(Job<Page> job) {
        Page page = job.payload();
        return shop.importPage(page)
                .map(articles -> articles.isEmpty() ? JobOutcome.complete() : JobOutcome.completeThen(pageAfter(page)));
    }

    static NewJob<Page> pageAfter(Page page) {
        return IMPORT.job(new Page(page.catalog(), page.number() + 1)).uniqueKey(page.catalog());
    }
}
