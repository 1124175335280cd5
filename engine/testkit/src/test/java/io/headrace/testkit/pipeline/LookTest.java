package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidSettingException;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often a client looks for those who watch, and what it does while the store is away. */
class LookTest {

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
    void oneLookServesAllWhoWatch() {
        List<JobId> ids = IntStream.range(0, 20).mapToObj(i -> enqueue()).toList();
        List<Seen> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(new Seen(client, ids.get(i % 20)));
        }
        int before = store.calls("look");

        mill.pass(ofSeconds(10));

        assertThat(store.calls("look") - before).isBetween(9, 11);
        assertThat(all).allMatch(seen -> seen.updates.size() == 1);
    }

    @Test
    void whoWatchesWhatIsWatchedAlreadyNeedsNoLook() {
        JobId id = enqueue();
        Seen first = new Seen(client, id);
        int before = store.calls("look");

        Seen second = new Seen(client, id);

        assertThat(second.updates).isEqualTo(first.updates).hasSize(1);
        assertThat(store.calls("look")).isEqualTo(before);
    }

    @Test
    void withoutWatchersNobodyLooks() {
        JobId id = enqueue();
        Seen first = new Seen(client, id);
        Seen second = new Seen(client, id);
        first.watching.dispose();
        mill.pass(ofSeconds(3));
        second.watching.dispose();
        int before = store.calls("look");

        mill.pass(ofSeconds(30));

        assertThat(store.calls("look")).isEqualTo(before);
        Seen third = new Seen(client, id);
        mill.pass(ofSeconds(3));
        assertThat(third.updates).hasSize(1);
        assertThat(store.calls("look") - before).isBetween(3, 4);
    }

    @Test
    void whereALookTakesLongTheNextOneWaitsLonger() {
        JobId id = enqueue();
        store.hold("look");
        Seen seen = new Seen(client, id);
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
        Seen seen = new Seen(client, id);
        store.refuse("look");
        mill.pass(ofSeconds(30));
        Seen another = new Seen(client, enqueue());
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
        Seen first = new Seen(client, id);
        store.refuse("look");
        mill.pass(ofSeconds(2));
        first.watching.dispose();
        mill.pass(ofSeconds(30));
        store.allow("look");

        Seen second = new Seen(client, id);
        client.cancel(id).subscribe();
        mill.pass(ofSeconds(6));

        assertThat(second.states()).endsWith(JobState.CANCELLED);
        assertThat(second.completed).isTrue();
    }

    @Test
    void whoComesWhileTheLookOfAWatcherWhoLeftIsFailingIsServedAsWell() {
        JobId id = enqueue();
        store.hold("look");
        Seen first = new Seen(client, id);
        first.watching.dispose();
        Seen second = new Seen(client, id);
        second.watching.dispose();
        store.refuse("look");
        store.letGo();
        mill.pass(ofSeconds(1));
        Seen third = new Seen(client, id);
        mill.pass(ofSeconds(1));
        third.watching.dispose();
        Seen fourth = new Seen(client, id);
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
            Seen passing = new Seen(client, id);
            mill.pass(ofMillis(100));
            passing.watching.dispose();
        }

        assertThat(store.calls("look") - before).isBetween(2, 4);
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
