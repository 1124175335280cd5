package pages;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The program of docs/follow-ups.md does what the page says. */
class FollowUpPagesTest extends PageTests {

    private static final FollowUps.Order ORDER = new FollowUps.Order("4711", "ada");

    private final List<String> done = new ArrayList<>();

    private final FollowUps page = new FollowUps(new FollowUps.Shop() {
        @Override
        public Mono<Void> charge(FollowUps.Order order) {
            return note("charge " + order.number());
        }

        @Override
        public Mono<Void> ship(FollowUps.Order order) {
            return note("ship " + order.number());
        }

        @Override
        public Mono<Void> askForReview(FollowUps.Order order) {
            return note("ask " + order.customer());
        }

        @Override
        public Mono<List<String>> importPage(FollowUps.Page page) {
            return note("page " + page.number()).thenReturn(page.number() < 4 ? List.of("article") : List.of());
        }
    });

    private Mono<Void> note(String what) {
        return Mono.fromRunnable(() -> done.add(what));
    }

    @Test
    void anOrderIsShippedAtOnceAndReviewedLater() {
        JobEngine engine = started(page.engine(store));
        JobId charge = engine.client()
                .enqueue(FollowUps.CHARGE.job(ORDER))
                .block(PATIENCE)
                .id();
        store.runDue().block(PATIENCE);
        assertThat(done).containsExactly("charge 4711", "ship 4711");
        assertThat(only(JobState.PENDING).headers()).contains("\"" + JobOutcome.AFTER_HEADER + "\":\"" + charge + "\"");

        runDueAfter(ofDays(7));
        assertThat(done).containsExactly("charge 4711", "ship 4711", "ask ada");
    }

    @Test
    void aLongImportIsAChainOfPages() {
        JobEngine engine = started(page.engine(store));
        FollowUps.Page first = new FollowUps.Page("tools", 1);
        engine.client().enqueue(FollowUps.IMPORT.job(first).uniqueKey("tools")).block(PATIENCE);
        assertThat(engine.client()
                        .enqueue(FollowUps.pageAfter(first))
                        .block(PATIENCE)
                        .created())
                .as("while the import runs")
                .isFalse();
        store.runDue().block(PATIENCE);

        assertThat(done).containsExactly("page 1", "page 2", "page 3", "page 4");
        assertThat(engine.client()
                        .enqueue(FollowUps.pageAfter(first))
                        .block(PATIENCE)
                        .created())
                .isTrue();
        store.runDue().block(PATIENCE);
    }
}
