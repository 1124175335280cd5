package pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/batch-handlers.md does what the page says. */
class BatchPagesTest extends PageTests {

    private final List<Integer> inserted = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new ArrayList<>();

    private final BatchHandlers page = new BatchHandlers(new BatchHandlers.Readings() {
        @Override
        public Mono<Void> insert(List<BatchHandlers.Reading> rows) {
            return Mono.fromRunnable(() -> inserted.add(rows.size()));
        }

        @Override
        public Flux<BatchHandlers.Answer> publish(List<BatchHandlers.Reading> messages) {
            return Flux.range(0, messages.size())
                    .map(index -> new BatchHandlers.Answer(
                            index, statuses.get((int) messages.get(index).value())));
        }
    });

    private void enqueue(JobEngine engine, int readings) {
        engine.client()
                .enqueueAll(IntStream.range(0, readings)
                        .mapToObj(n -> BatchHandlers.STORE.job(new BatchHandlers.Reading("weir", n)))
                        .toList())
                .block(PATIENCE);
    }

    @Test
    void oneInsertForMany() {
        JobEngine engine = started(page.engine(store));
        enqueue(engine, 1_200);
        store.runDue().block(PATIENCE);

        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1_200);
        assertThat(inserted).allMatch(size -> size <= 500).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void anOutcomeForEachThatDiffers() {
        JobEngine engine = started(page.publishing(store));
        statuses.addAll(List.of(200, 429, 400, 200));
        enqueue(engine, 4);
        store.runDue().block(PATIENCE);

        assertThat(store.jobs(JobState.COMPLETED)).hasSize(2);
        assertThat(only(JobState.PENDING).failures().get(0).message()).isEqualTo("the gateway is busy");
        assertThat(only(JobState.FAILED).failures().get(0).message()).isEqualTo("status 400");
    }

    @Test
    void settledByHand() {
        JobEngine engine =
                started(JobEngine.builder(store).enqueues(BatchHandlers.STORE).build());
        Disposable receiving = page.settleByHand(engine).subscribe();
        enqueue(engine, 700);
        store.runDue().block(PATIENCE);
        receiving.dispose();

        assertThat(store.jobs(JobState.COMPLETED)).hasSize(700);
        assertThat(inserted).hasSizeLessThan(10);
    }
}
