package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptTimeoutException;
import io.headrace.Backoff;
import io.headrace.Delivery;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.LeaseLostException;
import io.headrace.RetryPolicy;
import io.headrace.StoreException;
import io.headrace.spi.JobSteps;
import io.headrace.spi.StoredStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Steps while the store is away, the lease is lost, or the attempt is cancelled. */
class StepFaultsTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<String> ran = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private Unreliable store;

    @BeforeEach
    void watchTheStore() {
        store = new Unreliable(mill.store());
    }

    private JobEngine start(Function<Job<String>, Publisher<?>> handler) {
        return start(ofMinutes(10), handler);
    }

    private JobEngine start(Duration timeout, Function<Job<String>, Publisher<?>> handler) {
        RetryPolicy policy = RetryPolicy.defaults().maxAttempts(3).backoff(Backoff.fixed(ofSeconds(1)));
        return mill.start(
                store.proxy(),
                e -> e.subscribe(
                        JobHandler.<String>of(GRIND, handler).retry(policy).timeout(timeout)));
    }

    private Mono<String> charge() {
        return Mono.fromSupplier(() -> {
            ran.add("charge");
            return "r-" + ran.size();
        });
    }

    private Mono<String> charge(Job<String> job) {
        return job.step("charge", String.class, this::charge)
                .doOnNext(seen::add)
                .doOnError(error -> seen.add(error.getClass().getSimpleName()));
    }

    private JobSteps stepsOf(JobId id) {
        return mill.store().steps().read(List.of(id.value())).block().get(0);
    }

    @Test
    void aStepWaitsUntilTheStoreIsBack() {
        store.refuse("record");
        JobEngine engine = start(this::charge);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMinutes(2));
        assertThat(seen).isEmpty();

        store.allow("record");
        mill.pass(ofSeconds(3));

        assertThat(ran).hasSize(1);
        assertThat(seen).containsExactly("r-1");
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aLookWaitsUntilTheStoreIsBack() {
        store.refuse("read");
        JobEngine engine = start(this::charge);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMinutes(2));
        assertThat(ran).isEmpty();

        store.allow("read");
        mill.pass(ofSeconds(3));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aStepWhoseAnswerIsLostIsSentAgain() {
        store.loseTheAnswer("record");
        JobEngine engine = start(this::charge);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMillis(10));
        assertThat(stepsOf(id).steps()).hasSize(1);
        assertThat(seen).isEmpty();

        store.allow("record");
        mill.pass(ofSeconds(3));

        assertThat(seen).containsExactly("r-1");
        assertThat(ran).hasSize(1);
        assertThat(stepsOf(id).steps()).hasSize(1);
    }

    @Test
    void aStoreThatRefusesForGoodFailsTheStep() {
        store.change("record", late -> {
            throw new StoreException("it does not fit", false, null, null);
        });
        JobEngine engine = start(this::charge);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofMillis(10));

        assertThat(seen).containsExactly("StoreException");
        assertThat(mill.find(id).failures().get(0).message()).isEqualTo("it does not fit");
        assertThat(engine.status().problem()).isNull();
    }

    /** The heartbeat has not noticed yet. */
    @Test
    void whenTheLeaseIsLostTheHandlerIsCancelled() {
        List<String> cancelled = new ArrayList<>();
        JobEngine engine =
                start(job -> Mono.delay(ofSeconds(1)).then(charge(job)).doOnCancel(() -> cancelled.add("handler")));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.store().decisions().cancel(id).block();
        store.hold("heartbeat");

        mill.pass(ofMillis(1_100));

        assertThat(ran).hasSize(1);
        assertThat(cancelled).containsExactly("handler");
        assertThat(seen).isEmpty();
        assertThat(stepsOf(id).steps()).isEmpty();
        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
        store.letGo();
        assertThat(engine.status().leased().values()).allMatch(leased -> leased == 0);
    }

    @Test
    void whenTheLeaseIsLostTheReceiverOfADeliveryIsTold() {
        JobEngine engine = mill.start(store.proxy(), e -> e.enqueues(GRIND));
        List<Delivery<String>> deliveries = new ArrayList<>();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        engine.receive(GRIND).subscribe(deliveries::add);
        mill.settleDown();
        mill.store().decisions().cancel(id).block();
        List<Throwable> errors = new ArrayList<>();

        charge(deliveries.get(0).job()).subscribe(value -> {}, errors::add);
        mill.settleDown();

        assertThat(errors).singleElement().isInstanceOf(LeaseLostException.class);
        assertThat(errors.get(0)).hasMessageContaining("step 'charge' was not recorded");
    }

    @Test
    void workThatIsCancelledIsNotRecorded() {
        List<String> cancelled = new ArrayList<>();
        JobEngine engine = start(
                ofSeconds(5),
                job -> job.step(
                        "grind",
                        () -> job.attempt() == 1 ? Mono.never().doOnCancel(() -> cancelled.add("work")) : charge()));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(10));

        assertThat(cancelled).containsExactly("work");
        assertThat(mill.find(id).failures().get(0).errorType()).isEqualTo(AttemptTimeoutException.class.getName());
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(stepsOf(id).steps()).extracting(StoredStep::attempt).containsExactly(2);
    }

    /** Its work is done, and the job is still in the lease: to lose the record would be to do the work twice. */
    @Test
    void aRecordOnItsWayIsNotCalledBack() {
        store.holdTheAnswer("record");
        JobEngine engine = start(ofSeconds(5), this::charge);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(10));
        store.letGo();

        mill.pass(ofSeconds(10));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).hasSize(1);
        assertThat(seen).containsExactly("r-1");
    }

    @Test
    void aStepCanBeTriedAgainAfterItWasCancelled() {
        JobEngine engine = start(job -> job.step(
                        "charge", String.class, () -> ran.isEmpty() ? charge().then(Mono.never()) : charge())
                .timeout(ofSeconds(1))
                .retry(1)
                .doOnNext(seen::add));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.pass(ofSeconds(5));

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(mill.find(id).attempt()).isOne();
        assertThat(seen).containsExactly("r-2");
    }

    @Test
    void aStepThatIsTriedAgainWhileItIsBeingRecordedDoesNotRunAgain() {
        store.holdTheAnswer("record");
        JobEngine engine = start(job -> job.step("charge", String.class, this::charge)
                .timeout(ofSeconds(1))
                .retry(1)
                .doOnNext(seen::add));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMillis(1_500));
        assertThat(ran).hasSize(1);

        store.letGo();
        mill.pass(ofSeconds(1));

        assertThat(ran).hasSize(1);
        assertThat(seen).containsExactly("r-1");
        assertThat(mill.find(id).attempt()).isOne();
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aStepThatIsTriedAgainAfterItWasRecordedDoesNotRunAgain() {
        store.holdTheAnswer("record");
        JobEngine engine = start(job -> job.step("charge", String.class, this::charge)
                .timeout(ofSeconds(1))
                .retryWhen(Retry.fixedDelay(1, ofSeconds(5)))
                .doOnNext(seen::add));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(2));
        store.letGo();

        mill.pass(ofSeconds(10));

        assertThat(ran).hasSize(1);
        assertThat(seen).containsExactly("r-1");
        assertThat(mill.find(id).attempt()).isOne();
    }

    @Test
    void anEngineThatStopsGivesBackTheJobWithItsSteps() {
        JobEngine engine = start(job -> charge(job).then(Mono.never()));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.stop(engine, ofSeconds(2));

        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(stepsOf(id).steps()).hasSize(1);
        start(this::charge);
        mill.pass(ofSeconds(5));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(ran).hasSize(1);
        assertThat(seen).containsExactly("r-1", "r-1");
    }

    /** The store stays away; nobody waits for it for ever. */
    @Test
    void anEngineStopsWhileAStepIsNotRecorded() {
        store.refuse("record");
        JobEngine engine = start(this::charge);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(5));

        mill.stop(engine, ofSeconds(2));
        mill.pass(ofSeconds(5));
        int calls = store.calls("record");
        mill.pass(ofMinutes(1));

        assertThat(store.calls("record")).isEqualTo(calls);
        assertThat(mill.find(id).state()).isEqualTo(JobState.PENDING);
    }
}
