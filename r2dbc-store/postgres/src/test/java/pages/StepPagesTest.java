package pages;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobState;
import io.headrace.operate.RecordedStep;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/steps.md does what the page says. */
class StepPagesTest extends PageTests {

    private static final Steps.Order ORDER = new Steps.Order("o-7", 1_999);

    private final List<String> done = new CopyOnWriteArrayList<>();
    private volatile boolean mailsAreDown = true;
    private final AtomicInteger exports = new AtomicInteger();

    private final Steps page = new Steps(new Steps.Shop() {
        @Override
        public Mono<Steps.Receipt> charge(Steps.Order order, String key) {
            return Mono.fromSupplier(() -> {
                done.add("charge " + order.cents());
                return new Steps.Receipt("r-1");
            });
        }

        @Override
        public Mono<Steps.Parcel> ship(Steps.Order order, String key) {
            return Mono.fromSupplier(() -> {
                done.add("ship " + order.id());
                return new Steps.Parcel("p-1");
            });
        }

        @Override
        public Mono<Void> mail(Steps.Receipt receipt, Steps.Parcel parcel) {
            return mailsAreDown
                    ? Mono.error(new IllegalStateException("the mail server is down"))
                    : Mono.fromRunnable(() -> done.add("mail " + receipt.id() + " " + parcel.number()));
        }

        @Override
        public Flux<Steps.Article> articlesAfter(long nr) {
            return Flux.range(1, 2_000)
                    .map(n -> new Steps.Article(n, "article " + n))
                    .filter(article -> article.nr() > nr);
        }

        @Override
        public Mono<Void> export(List<Steps.Article> articles) {
            return exports.getAndIncrement() == 2
                    ? Mono.error(new IllegalStateException("the disk is full"))
                    : Mono.fromRunnable(() -> done.add("from " + articles.get(0).nr()));
        }
    });

    @Test
    void whatIsRecordedIsNotDoneAgain() {
        JobEngine engine = started(page.engine(store));
        engine.client().enqueue(Steps.SHIP.job(ORDER)).block(PATIENCE);
        store.runDue().block(PATIENCE);
        assertThat(only(JobState.PENDING).failures().get(0).message()).isEqualTo("the mail server is down");
        assertThat(engine.operator()
                        .record(only(JobState.PENDING).id())
                        .block(PATIENCE)
                        .steps())
                .extracting(RecordedStep::name)
                .containsExactlyInAnyOrder("charge", "ship");
        mailsAreDown = false;

        runDueAfter(ofHours(1));

        assertThat(only(JobState.COMPLETED).attempt()).isEqualTo(2);
        assertThat(done).containsExactlyInAnyOrder("charge 1999", "ship o-7", "mail r-1 p-1");
    }

    @Test
    void theSameWithoutReactor() {
        JobEngine engine = started(page.engine(store));
        engine.client().enqueue(Steps.SHIP_BLOCKING.job(ORDER)).block(PATIENCE);
        store.runDue().block(PATIENCE);
        mailsAreDown = false;

        runDueAfter(ofHours(1));

        assertThat(only(JobState.COMPLETED).attempt()).isEqualTo(2);
        assertThat(done).containsExactly("charge 1999", "ship o-7", "mail r-1 p-1");
    }

    @Test
    void aLoopGoesOnFromItsCursor() {
        JobEngine engine = started(page.engine(store));
        engine.client().enqueue(Steps.EXPORT.job("spring")).block(PATIENCE);
        store.runDue().block(PATIENCE);
        assertThat(done).containsExactly("from 1", "from 501");

        runDueAfter(ofHours(1));

        assertThat(only(JobState.COMPLETED).attempt()).isEqualTo(2);
        assertThat(done).containsExactly("from 1", "from 501", "from 1001", "from 1501");
    }
}
