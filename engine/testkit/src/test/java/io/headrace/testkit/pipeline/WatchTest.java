package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** Watching jobs: how they stand, and what becomes of them. */
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

    private JobId enqueue() {
        return client.enqueue(GRIND.job("rye")).block().id();
    }

    @Test
    void aWatcherSeesHowItStandsThenWhatBecomesOfItAndThenTheEnd() {
        JobId id = enqueue();
        Seen seen = new Seen(client, id);
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
        Seen seen = new Seen(client, id);

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
        Seen seen = new Seen(client, id);

        client.cancel(id).subscribe();
        mill.pass(ofSeconds(2));

        assertThat(seen.states()).containsExactly(JobState.PENDING, JobState.CANCELLED);
        assertThat(seen.completed).isTrue();
    }

    @Test
    void aJobThatHasEndedShowsItsOutcomeAtOnce() {
        JobId id = enqueue();
        client.cancel(id).subscribe();

        Seen seen = new Seen(client, id);
        mill.pass(ofSeconds(10));

        assertThat(seen.states()).containsExactly(JobState.CANCELLED);
        assertThat(store.calls("look")).isOne();
    }

    @Test
    void anUnknownJobIsAnErrorThatNamesIt() {
        JobId id = enqueue();
        JobId nobody = new JobId(id.value() + 1);

        Seen seen = new Seen(client, nobody);

        assertThat(seen.error)
                .isInstanceOfSatisfying(
                        UnknownJobException.class, e -> assertThat(e.job()).isEqualTo(nobody));
        assertThat(seen.error).hasMessageContaining(nobody.toString());
    }

    @Test
    void whoeverKeepsComingDoesNotKeepTheOthersWaiting() {
        Seen seen = new Seen(client, enqueue());
        client.cancel(seen.updates.get(0).id()).subscribe();

        for (int i = 0; i < 10; i++) {
            assertThat(new Seen(client, enqueue()).updates).hasSize(1);
            mill.pass(ofMillis(300));
        }

        assertThat(seen.completed).isTrue();
    }

    @Test
    void aWatcherThatThrowsDoesNotEndTheWatchingOfOthers() {
        JobId id = enqueue();
        client.watch(id).subscribe(update -> {
            throw new LinkageError("a watcher that is broken, as this test has it");
        });
        Seen seen = new Seen(client, id);
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
}
