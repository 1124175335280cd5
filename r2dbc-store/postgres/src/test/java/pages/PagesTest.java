package pages;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.operate.FailureCause;
import io.headrace.testkit.InMemoryJobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The programs of the pages do what the pages say. Those that need a database are in {@link DatabasePagesTest}. */
class PagesTest extends PageTests {

    @Test
    void enqueueing() {
        Enqueueing page = new Enqueueing(store);
        Enqueueing.Letter letter = new Enqueueing.Letter("ada", "hello");

        JobId id = page.enqueue(letter).block(PATIENCE);
        assertThat(store.jobs(JobState.PENDING)).extracting(JobSnapshot::id).containsExactly(id);

        Enqueued urgent = page.enqueueUrgent(letter).block(PATIENCE);
        JobSnapshot later = store.inspector().find(urgent.id()).block(PATIENCE);
        assertThat(later.queue()).isEqualTo("post");
        assertThat(later.runAt()).isEqualTo(clock.instant().plus(ofMinutes(5)));

        assertThat(page.enqueueAllOrNone(List.of(letter, letter)).block(PATIENCE))
                .hasSize(2);
        assertThat(page.enqueueStream(Flux.just(letter).repeat(9)).collectList().block(PATIENCE))
                .hasSize(10);
        assertThat(store.enqueued(Enqueueing.SEND)).hasSize(14);
    }

    @Test
    void uniqueKeys() {
        UniqueKeys page = new UniqueKeys(store);
        String url = "https://example.org/mill.git";

        Enqueued first = page.index(url).block(PATIENCE);
        Enqueued second = page.index(url).block(PATIENCE);
        assertThat(first.created()).isTrue();
        assertThat(second).isEqualTo(new Enqueued(first.id(), false));
        assertThat(page.indexCommit(url, "c0708dd").block(PATIENCE).created()).isTrue();

        started(JobEngine.builder(store)
                .subscribe(UniqueKeys.INDEX, job -> Mono.empty())
                .build());
        store.runDue().block(PATIENCE);
        assertThat(page.index(url).block(PATIENCE).created())
                .as("released when the job completed")
                .isTrue();

        Enqueued daily = page.indexDaily(url).block(PATIENCE);
        runDueAfter(ofHours(23));
        assertThat(store.jobs(JobState.PENDING)).isEmpty();
        assertThat(page.indexDaily(url).block(PATIENCE)).isEqualTo(new Enqueued(daily.id(), false));
        clock.advance(ofHours(1));
        assertThat(page.indexDaily(url).block(PATIENCE).created()).isTrue();

        assertThat(Flux.range(0, 11)
                        .concatMap(n -> page.indexForUser("ada", url))
                        .collectList()
                        .block(PATIENCE))
                .startsWith(true, true)
                .endsWith(true, false);
        clock.advance(ofHours(1));
        assertThat(page.indexForUser("ada", url).block(PATIENCE)).isTrue();

        store.runDue().block(PATIENCE);
        Enqueued push = page.indexOncePushesPause(url).block(PATIENCE);
        runDueAfter(ofSeconds(20));
        assertThat(page.indexOncePushesPause(url).block(PATIENCE))
                .isEqualTo(new Enqueued(push.id(), false, Enqueued.Reason.DEBOUNCED));
        runDueAfter(ofSeconds(20));
        assertThat(only(JobState.PENDING).id()).isEqualTo(push.id());
        runDueAfter(ofSeconds(10));
        assertThat(store.jobs(JobState.PENDING)).isEmpty();
    }

    /** Fails as often as it is told to, then sends. */
    private static final class Post implements Retries.Post {
        private final Queue<RuntimeException> errors = new ConcurrentLinkedQueue<>();
        private final List<String> sent = new ArrayList<>();
        private int asked;

        @Override
        public Mono<Void> send(Retries.Letter letter) {
            return Mono.fromRunnable(() -> {
                RuntimeException error = errors.poll();
                if (error != null) {
                    throw error;
                }
                sent.add(letter.to());
            });
        }

        @Override
        public Mono<String> receipt(Retries.Letter letter) {
            return Mono.defer(() -> Mono.just("receipt").filter(text -> ++asked == 2));
        }
    }

    @Test
    void retries() {
        Post post = new Post();
        Retries page = new Retries(store, post);
        JobEngine engine = started(Retries.engine(store, page.handler()));
        Retries.Letter letter = new Retries.Letter("ada", "hello");

        post.errors.add(new IllegalStateException("no stamps"));
        engine.client().enqueue(Retries.SEND.job(letter)).block(PATIENCE);
        store.runDue().block(PATIENCE);
        assertThat(only(JobState.PENDING).runAt()).isEqualTo(clock.instant().plus(ofSeconds(1)));
        runDueAfter(ofSeconds(1));
        assertThat(post.sent).containsExactly("ada");

        post.errors.add(new Retries.UnknownAddressException());
        engine.client().enqueue(Retries.SEND.job(letter)).block(PATIENCE);
        store.runDue().block(PATIENCE);
        assertThat(only(JobState.FAILED).failures()).hasSize(1);

        assertThat(page.retryAll().block(PATIENCE).retried()).isEqualTo(1);
        post.errors.add(new Retries.UnknownAddressException());
        store.runDue().block(PATIENCE);
        assertThat(page.discard(only(JobState.FAILED).id()).block(PATIENCE).discarded())
                .isEqualTo(1);
    }

    @Test
    void causesOfFailures() {
        Post post = new Post();
        Retries page = new Retries(store, post);
        JobEngine engine = started(Retries.engine(store, page.handler()));
        for (String to : List.of("ada", "grace", "joan")) {
            post.errors.add(new Retries.UnknownAddressException());
            engine.client()
                    .enqueue(Retries.SEND.job(new Retries.Letter(to, "hello")))
                    .block(PATIENCE);
        }
        store.runDue().block(PATIENCE);

        FailureCause cause = engine.operator().failureCauses().blockLast(PATIENCE);
        assertThat(page.causes().collectList().block(PATIENCE))
                .containsExactly("3 jobs of [send-letter]: pages.Retries$UnknownAddressException at " + cause.frame());
        assertThat(cause.frame()).startsWith("pages.PagesTest.");
        assertThat(page.tryOne(cause).block(PATIENCE)).isNotNull();
        store.runDue().block(PATIENCE);
        assertThat(post.sent).containsExactly("joan");
        assertThat(page.retryTheRest(cause).block(PATIENCE).retried()).isEqualTo(2);
    }

    @Test
    void retriesInsideAnAttempt() {
        Post post = new Post();
        Retries page = new Retries(store, post);
        Retries.Letter letter = new Retries.Letter("ada", "hello");

        post.errors.add(new IllegalStateException("no stamps"));
        page.sendAndRetryHere(letter).block(PATIENCE);
        assertThat(post.sent).containsExactly("ada");
        assertThat(page.waitForReceipt(letter).block(PATIENCE)).isEqualTo("receipt");
    }

    /** Open or not, and busy as often as it is told to. */
    private static final class Office implements Outcomes.Post {
        private boolean open = true;
        private int busy;

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean isStillWanted(Outcomes.Letter letter) {
            return !letter.text().isEmpty();
        }

        @Override
        public Mono<Void> send(Outcomes.Letter letter) {
            return busy-- > 0 ? Mono.error(new Outcomes.RateLimitException()) : Mono.empty();
        }
    }

    private void send(JobEngine engine, String to, String text) {
        engine.client()
                .enqueue(Outcomes.SEND.job(new Outcomes.Letter(to, text)))
                .block(PATIENCE);
        store.runDue().block(PATIENCE);
    }

    @Test
    void outcomes() {
        Office office = new Office();
        Outcomes page = new Outcomes(store, office);
        JobEngine engine = started(page.engine(store));

        send(engine, "ada", "hello");
        assertThat(only(JobState.COMPLETED).attempt()).isEqualTo(1);
        send(engine, "", "hello");
        assertThat(only(JobState.FAILED).failures().get(0).message()).isEqualTo("no address");
        send(engine, "ada", "");
        assertThat(only(JobState.CANCELLED).failures().get(0).message()).isEqualTo("withdrawn by its author");

        office.open = false;
        send(engine, "grace", "hello");
        assertThat(only(JobState.PENDING).attempt())
                .as("a snooze is not charged")
                .isZero();
        assertThat(only(JobState.PENDING).runAt()).isEqualTo(clock.instant().plus(ofHours(8)));

        office.open = true;
        office.busy = 1;
        runDueAfter(ofHours(8));
        assertThat(only(JobState.PENDING).attempt()).as("a retry is charged").isEqualTo(1);
        JobId id = only(JobState.PENDING).id();
        assertThat(page.withdraw(id).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
        assertThat(page.withdraw(id).block(PATIENCE)).isEqualTo(CancelAnswer.TOO_LATE);
    }

    @Test
    void deliveries() {
        Outcomes page = new Outcomes(store, new Office());
        JobEngine engine =
                started(JobEngine.builder(store).enqueues(Outcomes.SEND).build());
        engine.client()
                .enqueue(Outcomes.SEND.job(new Outcomes.Letter("ada", "hello")))
                .block(PATIENCE);
        page.settleByHand(engine).subscribe();

        store.runDue().block(PATIENCE);
        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1);
    }

    @Test
    void progress() {
        InMemoryJobStore own = InMemoryJobStore.create();
        JobClient client = JobClient.builder(own).watchInterval(ofMillis(10)).build();
        Sinks.Empty<Void> seen = Sinks.empty();
        Progress page = new Progress(client, number -> number == 10 ? seen.asMono() : Mono.empty());
        JobEngine engine = started(JobEngine.builder(own)
                .progressInterval(ofMillis(10))
                .subscribe(Progress.PRINT, page::print)
                .build());

        JobId id = engine.client()
                .enqueue(Progress.PRINT.job(new Progress.Book("Mill", 10)))
                .block(PATIENCE)
                .id();
        assertThat(page.follow(id)
                        .doOnNext(line -> {
                            if (line.equals("90 %, page 9 of 10")) {
                                seen.tryEmitEmpty();
                            }
                        })
                        .collectList()
                        .block(PATIENCE))
                .contains("90 %, page 9 of 10")
                .endsWith("COMPLETED");
        assertThat(page.outcome(id).block(PATIENCE)).isEqualTo(JobState.COMPLETED);
        assertThat(own.inspector().audit().block(PATIENCE)).hasToString("ok");
    }
}
