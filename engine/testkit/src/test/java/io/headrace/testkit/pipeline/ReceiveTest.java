package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Delivery;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.LeaseLostException;
import io.headrace.QueueSettings;
import io.headrace.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** Deliveries, settled by hand. */
class ReceiveTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<Delivery<String>> deliveries = new ArrayList<>();

    /** An engine without handlers. */
    private JobEngine engine() {
        return mill.start(e -> e.enqueues(GRIND));
    }

    private Disposable receive(JobEngine engine) {
        Disposable subscription = engine.receive(GRIND).subscribe(deliveries::add);
        mill.settleDown();
        return subscription;
    }

    @Test
    void aDeliveryIsSettledByHand() {
        JobEngine engine = engine();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        receive(engine);
        assertThat(deliveries)
                .singleElement()
                .satisfies(d -> assertThat(d.job().payload()).isEqualTo("rye"));
        assertThat(mill.find(id).state()).isEqualTo(JobState.LEASED);
        AtomicBoolean recorded = new AtomicBoolean();

        deliveries.get(0).complete().subscribe(nothing -> {}, error -> {}, () -> recorded.set(true));
        mill.settleDown();

        assertThat(recorded).isTrue();
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aDeliveryIsSettledOnce() {
        JobEngine engine = engine();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        receive(engine);
        List<Throwable> errors = new ArrayList<>();

        deliveries.get(0).settle(JobOutcome.fail("no")).subscribe();
        deliveries.get(0).complete().subscribe(nothing -> {}, errors::add);
        mill.settleDown();

        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
        assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFailedDeliveryFollowsThePolicyOfTheReceive() {
        JobEngine engine = engine();
        JobId first = mill.enqueue(engine, GRIND.job("rye"));
        receive(engine);
        deliveries.get(0).fail(new IllegalStateException("no")).subscribe();
        mill.settleDown();
        assertThat(mill.find(first).state()).isEqualTo(JobState.PENDING);

        mill.pass(ofSeconds(6));
        assertThat(deliveries).hasSize(2);
        assertThat(deliveries.get(1).job().attempt()).isEqualTo(2);
        deliveries.get(1).snooze(ofSeconds(60)).subscribe();
        mill.settleDown();
        assertThat(mill.find(first).attempt()).isEqualTo(1);
    }

    @Test
    void demandIsWhatIsLeased() {
        JobEngine engine = engine();
        mill.enqueue(engine, 100);
        mill.settleDown();
        BaseSubscriber<Delivery<String>> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}

            @Override
            protected void hookOnNext(Delivery<String> delivery) {
                deliveries.add(delivery);
            }
        };
        engine.receive(GRIND, QueueSettings.defaults().prefetch(0), RetryPolicy.defaults())
                .subscribe(subscriber);
        mill.pass(ofSeconds(2));
        assertThat(mill.leased()).as("no demand, no claim").isZero();

        subscriber.request(3);
        mill.pass(ofSeconds(2));
        assertThat(deliveries).hasSize(3);
        assertThat(mill.leased()).isEqualTo(3);
    }

    @Test
    void unsettledDeliveriesAreBoundedHoweverLargeTheDemand() {
        JobEngine engine = engine();
        mill.enqueue(engine, 100);
        mill.settleDown();
        engine.receive(GRIND, QueueSettings.defaults().concurrency(7).prefetch(2), RetryPolicy.defaults())
                .subscribe(deliveries::add);
        mill.pass(ofSeconds(1));
        assertThat(deliveries).hasSize(7);
        assertThat(mill.leased()).isEqualTo(9);

        deliveries.get(3).complete().subscribe();
        mill.pass(ofSeconds(1));

        assertThat(deliveries).hasSize(8);
    }

    @Test
    void cancellingHandsBackWhatWasFetchedAheadAndLeavesTheDeliveredToBeSettled() {
        JobEngine engine = engine();
        mill.enqueue(engine, 10);
        mill.settleDown();
        Disposable subscription = engine.receive(
                        GRIND, QueueSettings.defaults().concurrency(2).prefetch(3), RetryPolicy.defaults())
                .subscribe(deliveries::add);
        mill.pass(ofSeconds(1));
        assertThat(mill.leased()).isEqualTo(5);

        subscription.dispose();
        mill.pass(ofSeconds(1));
        assertThat(mill.leased()).isEqualTo(2);
        deliveries.get(0).complete().subscribe();
        mill.pass(ofSeconds(1));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(1);
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(8).allMatch(job -> job.attempt() == 0);
    }

    @Test
    void whoeverTakesOneAndGoesLeavesTheOthersToOthers() {
        JobEngine engine = engine();
        mill.enqueue(engine, 50);
        mill.settleDown();
        engine.receive(GRIND).next().subscribe(deliveries::add);
        mill.pass(ofSeconds(1));
        assertThat(deliveries).hasSize(1);
        assertThat(mill.leased()).isEqualTo(1);
        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(49).allMatch(job -> job.attempt() == 0);

        deliveries.get(0).complete().subscribe();
        mill.settleDown();

        assertThat(mill.leased()).isZero();
    }

    @Test
    void stoppingTheEngineHandsBackWhatNobodySettlesAndEndsTheStream() {
        JobEngine engine = engine();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        AtomicBoolean ended = new AtomicBoolean();
        engine.receive(GRIND).doOnComplete(() -> ended.set(true)).subscribe(deliveries::add);
        mill.settleDown();

        mill.stop(engine, ofSeconds(5));

        assertThat(ended).isTrue();
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        List<Throwable> errors = new ArrayList<>();
        deliveries.get(0).complete().subscribe(nothing -> {}, errors::add);
        assertThat(errors).hasSize(1);
    }

    @Test
    void anOutcomeThatComesTooLateIsAnErrorAndChangesNothing() {
        Unreliable slow = new Unreliable(mill.store());
        JobEngine sleepy = mill.start(slow.proxy(), e -> e.enqueues(GRIND));
        JobId id = mill.enqueue(sleepy, GRIND.job("rye"));
        receive(sleepy);
        slow.refuse("heartbeat");
        slow.refuse("claim");
        mill.start(e -> e.subscribe(GRIND, job -> Mono.just(JobOutcome.cancel("done elsewhere"))));
        mill.pass(ofSeconds(60));
        List<Throwable> errors = new ArrayList<>();

        deliveries.get(0).complete().subscribe(nothing -> {}, errors::add);
        mill.settleDown();

        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        LeaseLostException.class, e -> assertThat(e.job()).isEqualTo(id));
        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aJobThatCannotBeReadIsNoneOfTheSubscribersBusiness() {
        JobEngine engine = engine();
        JobId id = mill.enqueue(engine, GRIND.job("not a number"));
        List<Delivery<Integer>> numbers = new ArrayList<>();
        engine.receive(JobType.of("grind", Integer.class)).subscribe(numbers::add);
        mill.settleDown();

        assertThat(numbers).isEmpty();
        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void receivingNeedsARunningEngine() {
        JobEngine engine = JobEngine.builder(mill.store()).build();
        List<Throwable> errors = new ArrayList<>();
        engine.receive(GRIND).subscribe(d -> {}, errors::add);

        assertThat(errors).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("Call start()"));
    }
}
