package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Backoff;
import io.headrace.InvalidSettingException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.RetryPolicy;
import io.headrace.UnknownJobException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** Watching jobs: how they stand, what becomes of them, and at what cost. */
class WatchTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private Unreliable store;
    private JobClient client;

    @BeforeEach
    void openAClient() {
        store = new Unreliable(mill.store());
        client = JobClient.create(store.proxy());
    }

    /** What a watcher sees. */
    private final class Seen {
        private final List<JobUpdate> updates = new ArrayList<>();
        private final Disposable watching;
        private Throwable error;
        private boolean completed;

        Seen(JobId id) {
            watching = client.watch(id).subscribe(updates::add, e -> error = e, () -> completed = true);
        }

        List<JobState> states() {
            return updates.stream().map(JobUpdate::state).toList();
        }
    }

    private JobId enqueue() {
        return client.enqueue(GRIND.job("rye")).block().id();
    }

    @Test
    void aWatcherSeesHowItStandsThenWhatBecomesOfItAndThenTheEnd() {
        JobId id = enqueue();
        Seen seen = new Seen(id);
        assertThat(seen.states()).as("at once").containsExactly(JobState.PENDING);

        mill.start(e -> e.subscribe(GRIND, job -> {
            job.progress(20, "the first stone");
            return Mono.delay(ofSeconds(5));
        }));
        mill.pass(ofSeconds(10));

        assertThat(seen.states()).containsExactly(JobState.PENDING, JobState.LEASED, JobState.COMPLETED);
        assertThat(seen.updates.get(1).progress()).isEqualTo(new JobProgress(20, "the first stone"));
        assertThat(seen.completed).isTrue();
    }

    @Test
    void retriesAreSeenAndTheLastFailureEndsIt() {
        JobId id = enqueue();
        Seen seen = new Seen(id);

        mill.start(e -> e.subscribe(JobHandler.<String>of(
                        GRIND, job -> Mono.error(new IllegalStateException("no " + job.attempt())))
                .retry(RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofSeconds(5))))));
        mill.pass(ofSeconds(20));

        assertThat(seen.states()).containsExactly(JobState.PENDING, JobState.PENDING, JobState.FAILED);
        assertThat(seen.updates.get(1).attempt()).isEqualTo(1);
        assertThat(seen.updates.get(1).failure().message()).isEqualTo("no 1");
        assertThat(seen.updates.get(2).failure().message()).isEqualTo("no 2");
        assertThat(seen.completed).isTrue();
    }

    @Test
    void aCancelledJobEndsIt() {
        JobId id = enqueue();
        Seen seen = new Seen(id);

        client.cancel(id).subscribe();
        mill.pass(ofSeconds(2));

        assertThat(seen.states()).containsExactly(JobState.PENDING, JobState.CANCELLED);
        assertThat(seen.completed).isTrue();
    }

    @Test
    void aJobThatHasEndedShowsItsOutcomeAtOnce() {
        JobId id = enqueue();
        client.cancel(id).subscribe();
        int before = store.calls("look");

        assertThat(client.await(id).block().state()).isEqualTo(JobState.CANCELLED);
        mill.pass(ofSeconds(10));

        assertThat(store.calls("look")).isEqualTo(before + 1);
    }

    @Test
    void anUnknownJobIsAnErrorThatNamesIt() {
        JobId id = enqueue();
        JobId nobody = new JobId(id.value() + 1);

        Seen seen = new Seen(nobody);

        assertThat(seen.error)
                .isInstanceOfSatisfying(
                        UnknownJobException.class, e -> assertThat(e.job()).isEqualTo(nobody));
        assertThat(seen.error).hasMessageContaining(nobody.toString());
    }

    @Test
    void oneLookServesAllWhoWatch() {
        List<JobId> ids = IntStream.range(0, 20).mapToObj(i -> enqueue()).toList();
        List<Seen> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(new Seen(ids.get(i % 20)));
        }
        int before = store.calls("look");

        mill.pass(ofSeconds(10));

        assertThat(store.calls("look") - before).isBetween(9, 11);
        assertThat(all).allMatch(seen -> seen.updates.size() == 1);
    }

    @Test
    void whoWatchesWhatIsWatchedAlreadyNeedsNoLook() {
        JobId id = enqueue();
        Seen first = new Seen(id);
        int before = store.calls("look");

        Seen second = new Seen(id);

        assertThat(second.updates).isEqualTo(first.updates).hasSize(1);
        assertThat(store.calls("look")).isEqualTo(before);
    }

    @Test
    void whoeverKeepsComingDoesNotKeepTheOthersWaiting() {
        Seen seen = new Seen(enqueue());
        client.cancel(seen.updates.get(0).id()).subscribe();

        for (int i = 0; i < 10; i++) {
            assertThat(new Seen(enqueue()).updates).hasSize(1);
            mill.pass(ofMillis(300));
        }

        assertThat(seen.completed).isTrue();
    }

    @Test
    void withoutWatchersNobodyLooks() {
        JobId id = enqueue();
        Seen first = new Seen(id);
        Seen second = new Seen(id);
        first.watching.dispose();
        mill.pass(ofSeconds(3));
        second.watching.dispose();
        int before = store.calls("look");

        mill.pass(ofSeconds(30));

        assertThat(store.calls("look")).isEqualTo(before);
        Seen third = new Seen(id);
        mill.pass(ofSeconds(3));
        assertThat(third.updates).hasSize(1);
        assertThat(store.calls("look") - before).isBetween(3, 4);
    }

    @Test
    void whereALookTakesLongTheNextOneWaitsLonger() {
        JobId id = enqueue();
        store.hold("look");
        Seen seen = new Seen(id);
        mill.pass(ofSeconds(2));
        store.letGo();
        assertThat(seen.updates).hasSize(1);
        int before = store.calls("look");

        mill.pass(ofSeconds(19));
        assertThat(store.calls("look")).isEqualTo(before);
        mill.pass(ofMillis(1_500));
        assertThat(store.calls("look")).isEqualTo(before + 1);
    }

    @Test
    void whileTheStoreIsAwayWatchersWait() {
        JobId id = enqueue();
        Seen seen = new Seen(id);
        store.refuse("look");
        mill.pass(ofSeconds(30));
        Seen another = new Seen(enqueue());
        client.cancel(id).subscribe();
        mill.pass(ofSeconds(10));
        assertThat(seen.error).isNull();
        assertThat(store.calls("look")).isLessThan(15);

        store.allow("look");
        mill.pass(ofSeconds(6));

        assertThat(seen.states()).containsExactly(JobState.PENDING, JobState.CANCELLED);
        assertThat(another.updates).hasSize(1);
    }

    @Test
    void whoComesAfterALookThatFailedAndTheLastWatcherIsServedAsWell() {
        JobId id = enqueue();
        Seen first = new Seen(id);
        store.refuse("look");
        mill.pass(ofSeconds(2));
        first.watching.dispose();
        mill.pass(ofSeconds(30));
        store.allow("look");

        Seen second = new Seen(id);
        client.cancel(id).subscribe();
        mill.pass(ofSeconds(6));

        assertThat(second.states()).endsWith(JobState.CANCELLED);
        assertThat(second.completed).isTrue();
    }

    @Test
    void whoComesWhileTheLookOfAWatcherWhoLeftIsFailingIsServedAsWell() {
        JobId id = enqueue();
        store.hold("look");
        Seen first = new Seen(id);
        first.watching.dispose();
        Seen second = new Seen(id);
        second.watching.dispose();
        store.refuse("look");
        store.letGo();
        mill.pass(ofSeconds(1));
        Seen third = new Seen(id);
        mill.pass(ofSeconds(1));
        third.watching.dispose();
        Seen fourth = new Seen(id);
        store.allow("look");

        mill.pass(ofSeconds(6));

        assertThat(fourth.states()).containsExactly(JobState.PENDING);
    }

    @Test
    void watchersThatComeAndGoWhileTheStoreIsAwayAreNotLookedAtMoreOften() {
        JobId id = enqueue();
        store.refuse("look");
        int before = store.calls("look");

        for (int i = 0; i < 100; i++) {
            Seen passing = new Seen(id);
            mill.pass(ofMillis(100));
            passing.watching.dispose();
        }

        assertThat(store.calls("look") - before).isBetween(2, 4);
    }

    @Test
    void aWatcherThatThrowsDoesNotEndTheWatchingOfOthers() {
        JobId id = enqueue();
        client.watch(id).subscribe(update -> {
            throw new LinkageError("a watcher that is broken, as this test has it");
        });
        Seen seen = new Seen(id);
        client.cancel(id).subscribe();

        mill.pass(ofSeconds(3));

        assertThat(seen.completed).isTrue();
    }

    @Test
    void aSlowWatcherGetsTheLatestAndTheEnd() {
        JobId id = enqueue();
        List<JobUpdate> updates = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        BaseSubscriber<JobUpdate> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(JobUpdate update) {
                updates.add(update);
            }

            @Override
            protected void hookOnComplete() {
                ends.add("completed");
            }
        };
        client.watch(id).subscribe(slow);
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> Mono.delay(ofSeconds(5))));
        mill.pass(ofSeconds(10));
        assertThat(updates).hasSize(1);

        slow.request(10);

        assertThat(updates).extracting(JobUpdate::state).containsExactly(JobState.PENDING, JobState.COMPLETED);
        assertThat(ends).containsExactly("completed");
        assertThat(engine.client()).isNotNull();
    }

    @Test
    void theIntervalIsASetting() {
        JobClient eager =
                JobClient.builder(store.proxy()).watchInterval(ofMillis(100)).build();
        JobId id = enqueue();
        eager.watch(id).subscribe();
        int before = store.calls("look");

        mill.pass(ofSeconds(2));

        assertThat(store.calls("look") - before).isBetween(19, 21);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JobClient.builder(store.proxy())
                        .watchInterval(ofMillis(9))
                        .build())
                .satisfies(e -> assertThat(e.setting()).isEqualTo("watchInterval"));
    }
}
