package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobNotCompletedException;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.RetryPolicy;
import io.headrace.UnknownJobException;
import io.headrace.ValueUnreadableException;
import io.headrace.spi.AwaitRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Awaiting the results of jobs: what callers are told, and when. The client is in what might be another process. */
class AwaitTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<Long> numbers = List.of(1L, 2L);
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

    private Awaiting<String> await(JobId id) {
        return new Awaiting<>(client.await(id, String.class));
    }

    private JobEngine grindFor(int seconds) {
        return mill.start(e -> e.subscribe(
                GRIND,
                job -> Mono.delay(ofSeconds(seconds)).thenReturn(JobOutcome.complete("flour of " + job.payload()))));
    }

    @Test
    void theResultArrivesWhenTheJobCompletes() {
        Awaiting<String> awaiting = await(enqueue());
        grindFor(5);
        mill.pass(ofSeconds(4));
        assertThat(awaiting.completed).isFalse();
        int looks = store.calls("look");

        mill.pass(ofMillis(1_001));

        assertThat(awaiting.results).containsExactly("flour of rye");
        assertThat(awaiting.completed).isTrue();
        assertThat(store.calls("look") - looks).as("by the announcement").isLessThanOrEqualTo(1);
    }

    @Test
    void anEndIsToldAsSoonAsItIsAnnounced() {
        client = JobClient.builder(store.proxy()).watchInterval(ofMinutes(10)).build();
        Awaiting<String> awaiting = await(enqueue());
        grindFor(5);

        mill.pass(ofSeconds(6));

        assertThat(awaiting.results).containsExactly("flour of rye");
    }

    @Test
    void aJobThatHasEndedIsToldByOneCall() {
        JobId id = enqueue();
        grindFor(0);
        mill.pass(ofSeconds(1));
        int before = store.calls();

        Awaiting<String> awaiting = await(id);

        assertThat(awaiting.results).containsExactly("flour of rye");
        assertThat(store.calls("await")).isOne();
        assertThat(store.calls() - before).isOne();
        mill.pass(ofMinutes(2));
        assertThat(store.calls("await")).as("nothing is left to be taken back").isOne();
    }

    @Test
    void aJobThatCompletesWithoutAResultCompletesEmpty() {
        JobId id = enqueue();
        Awaiting<String> before = await(id);
        mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        mill.settleDown();
        assertThat(before.completed).isTrue();
        assertThat(before.results).isEmpty();

        Awaiting<String> after = await(id);

        mill.settleDown();
        assertThat(after.completed).isTrue();
        assertThat(after.results).isEmpty();
    }

    @Test
    void aJobThatFailsIsAnErrorThatSaysWhy() {
        JobId id = enqueue();
        Awaiting<String> awaiting = await(id);
        JobEngine engine = mill.start(e -> e.subscribe(
                JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("the stone is worn")))
                        .retry(RetryPolicy.defaults().maxAttempts(1))));
        mill.settleDown();

        assertThat(awaiting.error)
                .isInstanceOfSatisfying(JobNotCompletedException.class, e -> {
                    assertThat(e.job()).isEqualTo(id);
                    assertThat(e.state()).isEqualTo(JobState.FAILED);
                    assertThat(e.failure().message()).isEqualTo("the stone is worn");
                })
                .hasMessage("job " + id
                        + " has failed: IllegalStateException: the stone is worn. It has no result unless it"
                        + " is retried (JobOperator.retryFailed)");

        engine.operator().discard(FailedJobs.byId(List.of(id))).subscribe();
        mill.settleDown();
        assertThat(await(id).error)
                .hasMessageContaining("was discarded after it had failed: IllegalStateException: the stone is worn");
    }

    @Test
    void aJobThatIsCancelledFromElsewhereIsFoundByALook() {
        JobId id = enqueue();
        Awaiting<String> awaiting = await(id);
        mill.pass(ofMillis(500));

        mill.store().decisions().cancel(id).subscribe();
        mill.pass(ofMillis(600));

        assertThat(awaiting.error)
                .isInstanceOfSatisfying(
                        JobNotCompletedException.class,
                        e -> assertThat(e.state()).isEqualTo(JobState.CANCELLED));
    }

    @Test
    void aJobThatThisClientCancelsIsToldAtOnce() {
        JobId id = enqueue();
        Awaiting<String> awaiting = await(id);

        client.cancel(id).subscribe();

        assertThat(awaiting.error).hasMessageContaining("was cancelled").hasMessageEndingWith(". It has no result");
    }

    @Test
    void anUnknownJobIsAnErrorThatNamesIt() {
        JobId nobody = new JobId(enqueue().value() + 1);

        assertThat(await(nobody).error)
                .isInstanceOfSatisfying(
                        UnknownJobException.class, e -> assertThat(e.job()).isEqualTo(nobody));
    }

    @Test
    void aJobThatIsPrunedMeanwhileIsAnError() {
        JobId id = enqueue();
        client.cancel(id).subscribe();
        mill.pass(ofMinutes(1));
        mill.store().decisions().prune(ofSeconds(1)).subscribe();

        assertThat(await(id).error).isInstanceOf(UnknownJobException.class);
    }

    @Test
    void aResultOfAnotherTypeIsAnErrorThatNamesBoth() {
        JobId id = enqueue();
        Awaiting<Integer> awaiting = new Awaiting<>(client.await(id, Integer.class));
        grindFor(0);
        mill.settleDown();

        assertThat(awaiting.error)
                .isInstanceOf(ValueUnreadableException.class)
                .hasMessageContaining("The result of job " + id)
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void aGenericResultIsReadAsItsType() throws NoSuchFieldException {
        JobId id = enqueue();
        Awaiting<List<Long>> awaiting = new Awaiting<>(
                client.awaitGeneric(id, getClass().getDeclaredField("numbers").getGenericType()));
        mill.start(e -> e.subscribe(GRIND, job -> Mono.just(JobOutcome.complete(numbers))));
        mill.settleDown();

        assertThat(awaiting.results).containsExactly(numbers);
    }

    @Test
    void theStateIsToldByTheSameAnnouncement() {
        client = JobClient.builder(store.proxy()).watchInterval(ofMinutes(10)).build();
        JobId id = enqueue();
        Awaiting<JobUpdate> awaiting = new Awaiting<>(client.await(id));
        Awaiting<String> result = await(id);
        grindFor(1);

        mill.pass(ofSeconds(2));

        assertThat(awaiting.results).containsExactly(new JobUpdate(id, JobState.COMPLETED, 1, null, null, null));
        assertThat(result.results).hasSize(1);
    }

    @Test
    void manyWhoAwaitCostAFewCalls() {
        List<JobId> ids = IntStream.range(0, 1_000).mapToObj(i -> enqueue()).toList();
        int before = store.calls();
        store.hold("await");
        List<Awaiting<String>> all = IntStream.range(0, 10_000)
                .mapToObj(i -> await(ids.get(i % 1_000)))
                .toList();
        store.letGo();
        mill.pass(ofMillis(100));

        assertThat(store.calls("await"))
                .as("the first, and all others together")
                .isEqualTo(2);
        assertThat(store.calls("look")).isLessThanOrEqualTo(2);
        assertThat(store.calls("ends")).as("the look soon after").isLessThanOrEqualTo(2);
        assertThat(store.calls() - before).isLessThanOrEqualTo(7);

        grindFor(0);
        mill.pass(ofSeconds(2));
        assertThat(all).allMatch(awaiting -> awaiting.results.equals(List.of("flour of rye")));
    }

    @Test
    void whoeverLeavesIsForgotten() {
        List<AwaitRequest> requests = new ArrayList<>();
        store.listen((verb, args) -> {
            if (verb.equals("await")) {
                requests.add((AwaitRequest) args[0]);
            }
        });
        JobId id = enqueue();
        Awaiting<String> first = await(id);
        Awaiting<String> second = await(id);
        first.waiting.dispose();
        second.waiting.dispose();

        mill.pass(ofMinutes(2));

        assertThat(requests).extracting(AwaitRequest::jobs).containsExactly(Set.of(id), Set.of());
        assertThat(requests).extracting(AwaitRequest::noMore).containsExactly(Set.of(), Set.of(id));
        int before = store.calls();
        mill.pass(ofMinutes(2));
        assertThat(store.calls()).as("nobody is left to look for").isEqualTo(before);
        assertThat(first.results).isEmpty();
    }
}
