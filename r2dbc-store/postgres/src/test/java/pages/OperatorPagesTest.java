package pages;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.headrace.FailedJobs;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobTotals;
import io.headrace.RetryPolicy;
import io.headrace.bulk.BulkAction;
import io.headrace.operate.NotPermittedException;
import io.headrace.testkit.InMemoryJobStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Runs the programs of the pages for operators. */
class OperatorPagesTest extends PageTests {

    @Test
    void pausing() {
        InMemoryJobStore own = InMemoryJobStore.create();
        Pausing page = new Pausing(own);
        JobEngine engine = started(JobEngine.builder(own)
                .client(client -> client.watchInterval(ofMillis(10)))
                .subscribe(Enqueueing.SEND, job -> Mono.empty())
                .build());

        JobId id = page.whilePaused(
                        "default",
                        engine.client()
                                .enqueue(Enqueueing.SEND.job(new Enqueueing.Letter("ada", "hello")))
                                .delayUntil(enqueued -> page.paused()
                                        .collectList()
                                        .doOnNext(names -> assertThat(names).containsExactly("default"))))
                .block(PATIENCE)
                .id();

        assertThat(engine.client().await(id).block(PATIENCE).state()).isEqualTo(JobState.COMPLETED);
        assertThat(page.paused().collectList().block(PATIENCE)).isEmpty();
        assertThat(own.inspector().audit().block(PATIENCE)).hasToString("ok");
    }

    @Test
    void bulk() {
        List<Long> progress = new ArrayList<>();
        Bulk page = new Bulk(store, progress::add);
        JobEngine engine = started(JobEngine.builder(store)
                .subscribe(JobHandler.<Enqueueing.Letter>of(
                                Enqueueing.SEND, job -> Mono.error(new IllegalStateException("no stamps")))
                        .retry(RetryPolicy.never()))
                .build());
        assertThat(engine.client()
                        .enqueue(Enqueueing.SEND.job(new Enqueueing.Letter("ada", "hello")))
                        .block(PATIENCE))
                .isNotNull();
        store.runDue().block(PATIENCE);

        String kind = Enqueueing.SEND.kind();
        assertThat(page.question(new BulkAction.Retry(FailedJobs.ofKind(kind))).block(PATIENCE))
                .isEqualTo("1 jobs. Go on?");
        assertThat(page.retryAll(kind).block(PATIENCE).done()).isOne();
        assertThat(progress).endsWith(1L);
    }

    @Test
    void rights() {
        Rights page = new Rights(store);

        page.deskOf("ada", true).pause("mail").block(PATIENCE);
        assertThatExceptionOfType(NotPermittedException.class)
                .isThrownBy(() -> page.deskOf("eve", false).resume("mail").block(PATIENCE));

        assertThat(page.lastDecisions().collectList().block(PATIENCE)).containsExactly("ada: pause queue mail, done");
    }

    @Test
    void listing() {
        Listing page = new Listing(store);
        JobEngine engine = started(JobEngine.builder(store)
                .subscribe(Enqueueing.SEND, job -> Mono.just(JobOutcome.fail("no such address")))
                .build());
        JobId id = engine.client()
                .enqueue(Enqueueing.SEND.job(new Enqueueing.Letter("ada", "hello")))
                .block(PATIENCE)
                .id();
        store.runDue().block(PATIENCE);

        assertThat(page.failed(Enqueueing.SEND.kind()).collectList().block(PATIENCE))
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.id()).isEqualTo(id);
                    assertThat(job.message()).isEqualTo("no such address");
                });
        assertThat(page.failed("another").collectList().block(PATIENCE)).isEmpty();
        assertThat(page.payload(id).block(PATIENCE)).startsWith("FAILED {").contains("hello");
        assertThat(page.runNow(id).block(PATIENCE)).isFalse();
    }

    @Test
    void operating() {
        Operating page = new Operating(store);
        JobEngine engine = started(JobEngine.builder(store)
                .subscribe(Enqueueing.SEND, job -> Mono.empty())
                .build());
        JobId id = engine.client()
                .enqueue(Enqueueing.SEND.job(new Enqueueing.Letter("ada", "hello")))
                .block(PATIENCE)
                .id();
        clock.advance(ofSeconds(7));

        assertThat(page.backlog().collectList().block(PATIENCE)).containsExactly("default: 1 due, the oldest for PT7S");
        assertThat(new Diagnosing(store).problems().collectList().block(PATIENCE))
                .isEmpty();
        assertThat(page.watchBacklogs().blockFirst(PATIENCE))
                .isEqualTo("default: 1 due, 0 completed per second, not known yet");
        assertThat(page.silentWorkers().collectList().block(PATIENCE)).isEmpty();
        assertThat(page.audit().block(PATIENCE)).isEqualTo("nothing is lost");
        assertThat(page.why(id).block(PATIENCE))
                .startsWith("It has been due since ")
                .contains("1 engine can run it and has free handlers. It starts with one of the next claims");
        store.runDue().block(PATIENCE);
        assertThat(page.failuresSinceDeployment().block(PATIENCE)).isEqualTo("version null: 0 % of attempts failed");
        assertThat(page.backlog().collectList().block(PATIENCE)).isEmpty();
        assertThat(page.why(id).block(PATIENCE)).startsWith("It has completed.");
    }

    @Test
    void retention() {
        JobHandler<Enqueueing.Letter> handler = JobHandler.of(Enqueueing.SEND, job -> Mono.empty());
        JobEngine engine = started(Retention.engine(store, handler));
        JobId id = engine.client()
                .enqueue(Enqueueing.SEND.job(new Enqueueing.Letter("ada", "hello")))
                .block(PATIENCE)
                .id();
        store.runDue().block(PATIENCE);
        assertThat(store.inspector().find(id).block(PATIENCE)).isNotNull();

        clock.advance(ofDays(2));
        started(Retention.engine(store, handler));
        await().atMost(PATIENCE)
                .until(() -> store.inspector().find(id).blockOptional(PATIENCE).isEmpty());
        assertThat(Retention.totals(store)
                        .map(JobTotals::completed)
                        .collectList()
                        .block(PATIENCE))
                .containsExactly(1L);
    }
}
