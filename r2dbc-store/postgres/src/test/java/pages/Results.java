package pages;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobNotCompletedException;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.spi.JobStore;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The program of docs/results.md. */
final class Results {

    record Order(String article, int pieces) {}

    record Receipt(String number, int total) {}

    static final JobType<Order> BOOK = JobType.of("book-order", Order.class);

    private final JobClient client;
    private final Function<Order, Mono<Receipt>> ledger;

    Results(JobClient client, Function<Order, Mono<Receipt>> ledger) {
        this.client = client;
        this.ledger = ledger;
    }

    JobEngine engine(JobStore store) {
        return JobEngine.builder(store)
                .subscribe(BOOK, job -> ledger.apply(job.payload()).map(JobOutcome::complete))
                .build();
    }

    Mono<Receipt> book(Order order) {
        return client.enqueue(BOOK.job(order)).flatMap(job -> client.await(job.id(), Receipt.class));
    }

    /** What a request is answered with: the receipt, or the id to ask with later. */
    record Answer(JobId id, Receipt receipt) {}

    Mono<Answer> bookOrDefer(Order order, Duration patience) {
        return client.enqueue(BOOK.job(order))
                .flatMap(job -> client.await(job.id(), Receipt.class)
                        .map(receipt -> new Answer(job.id(), receipt))
                        .timeout(patience, Mono.just(new Answer(job.id(), null))));
    }

    Mono<Receipt> receipt(JobId id) {
        return client.await(id, Receipt.class)
                .onErrorMap(JobNotCompletedException.class, e -> new OrderRefusedException(e.getMessage()));
    }

    private static final Type RECEIPTS =
            JsonMapper.shared().getTypeFactory().constructCollectionType(List.class, Receipt.class);

    Mono<List<Receipt>> receipts(JobId id) {
        return client.awaitGeneric(id, RECEIPTS);
    }

    /** Of the application. */
    static final class OrderRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OrderRefusedException(String message) {
            super(message);
        }
    }
}
