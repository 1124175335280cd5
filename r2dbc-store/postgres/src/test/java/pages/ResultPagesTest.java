package pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pages.Results.Order;
import pages.Results.Receipt;
import reactor.core.publisher.Mono;

/** The program of docs/results.md does what the page says. */
class ResultPagesTest extends PageTests {

    private final Results page = new Results(
            JobClient.create(store),
            order -> order.pieces() > 0
                    ? Mono.just(new Receipt("R-" + order.article(), 7 * order.pieces()))
                    : Mono.error(new IllegalArgumentException("nothing was ordered")));

    @Test
    void theReceiptOfAnOrder() throws Exception {
        started(page.engine(store));
        Future<Receipt> receipt = page.book(new Order("rye", 3)).toFuture();

        store.runDue().block(PATIENCE);

        assertThat(receipt.get(10, TimeUnit.SECONDS)).isEqualTo(new Receipt("R-rye", 21));
        assertThat(only(JobState.COMPLETED).result()).contains("R-rye");
    }

    @Test
    void aSlowOrderIsAnsweredWithItsId() {
        Results.Answer answer =
                page.bookOrDefer(new Order("rye", 3), Duration.ofMillis(1)).block(PATIENCE);
        assertThat(answer.receipt()).isNull();

        started(page.engine(store));
        store.runDue().block(PATIENCE);
        assertThat(page.receipt(answer.id()).block(PATIENCE)).isEqualTo(new Receipt("R-rye", 21));
    }

    @Test
    void anOrderThatFailed() {
        JobEngine engine = started(page.engine(store));
        JobId id = engine.client()
                .enqueue(Results.BOOK.job(new Order("rye", 0)).maxAttempts(1))
                .block(PATIENCE)
                .id();
        store.runDue().block(PATIENCE);

        assertThatExceptionOfType(Results.OrderRefusedException.class)
                .isThrownBy(() -> page.receipt(id).block(Duration.ofSeconds(10)))
                .withMessageContaining("has failed: IllegalArgumentException: nothing was ordered");
    }

    @Test
    void aListOfReceipts() {
        List<Receipt> receipts = List.of(new Receipt("R-1", 1), new Receipt("R-2", 2));
        JobEngine engine = started(JobEngine.builder(store)
                .subscribe(Results.BOOK, job -> Mono.just(JobOutcome.complete(receipts)))
                .build());
        JobId id = engine.client()
                .enqueue(Results.BOOK.job(new Order("rye", 1)))
                .block(PATIENCE)
                .id();
        store.runDue().block(PATIENCE);

        assertThat(page.receipts(id).block(PATIENCE)).isEqualTo(receipts);
    }
}
