package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.StoreException;
import io.headrace.UnknownJobException;
import io.headrace.spi.AwaitRequest;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What may go wrong while jobs are awaited: nobody waits on after the end. */
class AwaitRaceTest {

    /** Of looks: what is learned sooner was not found by one. */
    private static final Duration SELDOM = ofMinutes(10);

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<AwaitRequest> requests = new ArrayList<>();
    private final Sinks.Many<WakeUp> heard = Sinks.many().multicast().directBestEffort();
    private Unreliable store;
    private JobClient client;

    @BeforeEach
    void openAClient() {
        store = new Unreliable(mill.store());
        store.listen((verb, args) -> {
            if (verb.equals("await")) {
                requests.add((AwaitRequest) args[0]);
            }
        });
        client = JobClient.builder(store.proxy()).watchInterval(SELDOM).build();
    }

    private JobId enqueue() {
        return client.enqueue(GRIND.job("rye")).block().id();
    }

    private Awaiting<String> await(JobId id) {
        return new Awaiting<>(client.await(id, String.class));
    }

    private static JobEngine.Builder grind(JobEngine.Builder engine) {
        return engine.subscribe(GRIND, job -> Mono.just(JobOutcome.complete("flour")));
    }

    /** Announcements are heard, and these are all. */
    private void announceOnly() {
        store.announce(heard.asFlux().startWith(WakeUp.EveryQueue.INSTANCE));
    }

    /** Nothing is announced. */
    private void hearNothing() {
        store.announce(Flux.<WakeUp>just(WakeUp.Silence.INSTANCE).concatWith(Flux.never()));
    }

    @Test
    void aJobThatEndsWhileItIsBeingRegisteredIsTold() {
        announceOnly();
        JobId id = enqueue();
        store.hold("await");
        Awaiting<String> awaiting = await(id);
        mill.start(AwaitRaceTest::grind);
        mill.settleDown();
        assertThat(awaiting.isOver()).isFalse();

        store.letGo();

        assertThat(awaiting.results).containsExactly("flour");
        assertThat(store.calls("ends")).isZero();
    }

    @Test
    void aJobThatEndsBeforeTheAnswerToItsRegistrationIsSeenByTheLookThatFollows() {
        announceOnly();
        JobId id = enqueue();
        store.holdTheAnswer("await");
        Awaiting<String> awaiting = await(id);
        mill.start(AwaitRaceTest::grind);
        mill.settleDown();

        store.letGo();
        mill.settleDown();

        assertThat(awaiting.results).containsExactly("flour");
    }

    @Test
    void aSettlementThatWasOnItsWayIsFoundSoonAfter() {
        announceOnly();
        Awaiting<String> awaiting = await(enqueue());
        mill.start(AwaitRaceTest::grind);

        mill.pass(ofMillis(20));

        assertThat(awaiting.results).containsExactly("flour");
        assertThat(store.calls("ends")).isOne();
    }

    @Test
    void onceEnginesHaveHeardThatSomebodyWaitsNobodyReadsUnasked() {
        announceOnly();
        Awaiting<String> first = await(enqueue());
        mill.pass(ofSeconds(2));
        int before = store.calls("ends");

        Awaiting<String> second = await(enqueue());
        mill.pass(ofSeconds(2));

        assertThat(store.calls("ends")).isEqualTo(before);
        assertThat(first.isOver() || second.isOver()).isFalse();
    }

    @Test
    void anAnnouncementThatNamesAJobLeadsToOneRead() {
        announceOnly();
        JobId id = enqueue();
        Awaiting<String> awaiting = await(id);
        mill.pass(ofSeconds(2));
        mill.start(AwaitRaceTest::grind);
        mill.pass(ofSeconds(2));
        assertThat(awaiting.isOver()).isFalse();
        int before = store.calls("ends");

        heard.tryEmitNext(new WakeUp.Ended(Set.of(id), Set.of())).orThrow();

        assertThat(awaiting.results).containsExactly("flour");
        assertThat(store.calls("ends")).isEqualTo(before + 1);
    }

    @Test
    void anAnnouncementOfAJobThatWasRetriedByHandEndsNothing() {
        announceOnly();
        JobId id = enqueue();
        Awaiting<String> awaiting = await(id);

        heard.tryEmitNext(new WakeUp.Ended(Set.of(), Set.of(id))).orThrow();
        mill.pass(ofSeconds(2));
        assertThat(awaiting.isOver()).isFalse();

        mill.start(AwaitRaceTest::grind);
        heard.tryEmitNext(new WakeUp.Ended(Set.of(id), Set.of())).orThrow();
        assertThat(awaiting.results).containsExactly("flour");
    }

    @Test
    void whatWasAnnouncedWhileNobodyListenedIsReadWhenSomebodyDoesAgain() {
        announceOnly();
        Awaiting<String> awaiting = await(enqueue());
        mill.pass(ofSeconds(2));
        heard.tryEmitNext(WakeUp.Silence.INSTANCE).orThrow();
        store.refuse("ends");
        mill.start(AwaitRaceTest::grind);
        mill.pass(ofSeconds(2));
        store.allow("ends");
        int before = requests.size();

        heard.tryEmitNext(WakeUp.EveryQueue.INSTANCE).orThrow();
        mill.pass(ofSeconds(1));

        assertThat(awaiting.results).containsExactly("flour");
        assertThat(requests).as("registered anew").hasSize(before + 1);
    }

    @Test
    void whatEndedBeforeTheListenerWasThereIsReadWhenItIs() {
        store.announce(heard.asFlux());
        Awaiting<String> awaiting = await(enqueue());
        mill.pass(ofSeconds(60));
        mill.start(AwaitRaceTest::grind);
        mill.settleDown();
        assertThat(awaiting.isOver()).isFalse();

        heard.tryEmitNext(WakeUp.EveryQueue.INSTANCE).orThrow();

        assertThat(awaiting.results).containsExactly("flour");
        assertThat(requests).as("nothing was lost").hasSizeLessThan(5);
    }

    @Test
    void whereNothingIsHeardReadsFindTheEndLessAndLessOften() {
        hearNothing();
        Awaiting<String> awaiting = await(enqueue());
        mill.pass(ofSeconds(60));
        assertThat(store.calls("ends")).isBetween(10, 13);

        mill.start(AwaitRaceTest::grind);
        mill.pass(ofSeconds(70));

        assertThat(awaiting.results).containsExactly("flour");
    }

    @Test
    void theLooksFindWhatNobodyAnnouncesOrRecords() {
        client = JobClient.create(store.proxy());
        announceOnly();
        JobId id = enqueue();
        Awaiting<String> awaiting = await(id);
        mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        mill.pass(ofMillis(500));
        assertThat(awaiting.isOver())
                .as("completed without a result, and not announced")
                .isFalse();

        mill.pass(ofMillis(600));

        assertThat(awaiting.completed).isTrue();
        assertThat(awaiting.results).isEmpty();
    }

    @Test
    void aJobThatIsPrunedWhileItIsAwaitedIsAnError() {
        client = JobClient.create(store.proxy());
        announceOnly();
        JobId id = enqueue();
        Awaiting<String> awaiting = await(id);
        store.refuse("ends");
        store.hold("look");
        mill.pass(ofSeconds(2));
        mill.store().decisions().cancel(id).subscribe();
        mill.pass(ofSeconds(2));
        mill.store().decisions().prune(ofSeconds(1)).subscribe();

        store.letGo();
        mill.pass(ofSeconds(30));

        assertThat(awaiting.error).isInstanceOf(UnknownJobException.class);
    }

    @Test
    void whileTheStoreIsAwayCallersWait() {
        JobId id = enqueue();
        store.refuse("await");
        store.refuse("look");
        store.refuse("ends");
        Awaiting<String> awaiting = await(id);
        mill.pass(ofSeconds(30));
        assertThat(awaiting.isOver()).isFalse();
        assertThat(store.calls("await")).isLessThan(35);

        store.allow("await");
        store.allow("look");
        store.allow("ends");
        mill.pass(ofSeconds(6));
        mill.start(AwaitRaceTest::grind);
        mill.settleDown();

        assertThat(awaiting.results).containsExactly("flour");
    }

    @Test
    void anErrorThatIsNotPassingIsTold() {
        JobId id = enqueue();
        store.refuseForGood("await");

        Awaiting<String> awaiting = await(id);

        assertThat(awaiting.error).isInstanceOf(StoreException.class);
        store.allow("await");
        mill.start(AwaitRaceTest::grind);
        mill.settleDown();
        assertThat(await(id).results).as("the next one is not affected").containsExactly("flour");
    }

    @Test
    void aRegistrationIsRenewedWhileSomebodyWaits() {
        announceOnly();
        JobId id = enqueue();
        Awaiting<String> awaiting = await(id);

        mill.pass(ofMinutes(10));

        assertThat(requests.stream().filter(request -> request.jobs().contains(id)))
                .as("about every two and a half minutes")
                .hasSizeBetween(4, 5);
        assertThat(requests.stream().filter(AwaitRequest::announced))
                .as("engines remember for a minute")
                .hasSizeBetween(25, 31);
        assertThat(awaiting.isOver()).isFalse();
    }

    @Test
    void oneWhoThrowsDoesNotKeepOthersWaiting() {
        JobId id = enqueue();
        client.await(id, String.class).subscribe(result -> {
            throw new LinkageError("a subscriber that is broken, as this test has it");
        });
        Awaiting<String> awaiting = await(id);

        mill.start(AwaitRaceTest::grind);
        mill.pass(ofMillis(20));

        assertThat(awaiting.results).containsExactly("flour");
    }
}
