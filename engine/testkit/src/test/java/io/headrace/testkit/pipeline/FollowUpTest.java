package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.BatchOutcome;
import io.headrace.Delivery;
import io.headrace.InvalidJobException;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.RetryPolicy;
import io.headrace.UnknownKindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs that are enqueued with the outcome of another. */
class FollowUpTest {

    static final JobType<String> BAKE = JobType.of("bake", String.class);

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<String> baked = new ArrayList<>();

    /** Grinds as said, once at most, and bakes. */
    private JobEngine start(JobHandler<String> grinding) {
        return mill.start(e -> e.subscribe(grinding.retry(RetryPolicy.never()))
                .subscribe(BAKE, job -> Mono.fromRunnable(() -> baked.add(job.payload()))));
    }

    private JobEngine grinding(NewJob<?>... next) {
        return start(JobHandler.of(GRIND, job -> Mono.just(JobOutcome.completeThen(next))));
    }

    private JobSnapshot failed(JobEngine engine, Class<? extends Throwable> error) {
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();
        JobSnapshot found = mill.find(id);
        assertThat(found.state()).isEqualTo(JobState.FAILED);
        assertThat(found.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.errorType()).isEqualTo(error.getName()));
        assertThat(mill.store().enqueued(BAKE)).as("follow-ups").isEmpty();
        return found;
    }

    @Test
    void aFollowUpRunsAtOnceInTheSameEngine() {
        JobEngine engine = grinding(BAKE.job("rolls"));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();

        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(baked).as("without a poll").containsExactly("rolls");
    }

    @Test
    void aFollowUpRunsAtOnceInAnotherEngine() {
        mill.start(e -> e.queue("oven").subscribe(BAKE, job -> Mono.fromRunnable(() -> baked.add(job.payload()))));
        JobEngine engine = mill.start(e -> e.enqueues(BAKE)
                .subscribe(
                        GRIND,
                        job -> Mono.just(
                                JobOutcome.completeThen(BAKE.job("rolls").queue("oven")))));
        mill.pass(ofSeconds(30));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();

        assertThat(baked).as("without a poll").containsExactly("rolls");
    }

    @Test
    void aFollowUpThatIsDelayedRunsWhenItIsDue() {
        JobEngine engine = grinding(
                BAKE.job("rolls").delay(ofSeconds(10)), BAKE.job("buns").delay(ofHours(2)));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofMillis(9_990));
        assertThat(baked).isEmpty();

        mill.pass(ofMillis(20));
        assertThat(baked).containsExactly("rolls");
        mill.pass(ofHours(2));
        assertThat(baked).containsExactly("rolls", "buns");
    }

    @Test
    void aFollowUpNamesTheJobThatItFollowsOn() {
        JobEngine engine =
                grinding(BAKE.job("rolls").header("oven", "north").header(JobOutcome.AFTER_HEADER, "somebody else's"));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();

        assertThat(mill.store().enqueued(BAKE).get(0).headers())
                .contains("\"oven\":\"north\"", "\"headrace.after\":\"" + id + "\"")
                .doesNotContain("somebody else's");
    }

    @Test
    void aChainOfManyLinksIsRunToItsEnd() {
        JobType<Integer> count = JobType.of("count", Integer.class);
        List<Integer> counted = new ArrayList<>();
        JobEngine engine = mill.start(e -> e.subscribe(count, job -> {
            counted.add(job.payload());
            return Mono.just(
                    job.payload() == 50
                            ? JobOutcome.complete()
                            : JobOutcome.completeThen(count.job(job.payload() + 1)));
        }));
        mill.enqueue(engine, count.job(1));
        mill.settleDown();

        assertThat(counted)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(50);
    }

    @Test
    void aJobThatEnqueuesItsNextRunUnderItsOwnKeyIsNeverThereTwice() {
        JobEngine engine = mill.start(e -> e.subscribe(
                GRIND,
                job -> Mono.just(JobOutcome.completeThen(
                        GRIND.job(job.payload() + "+").uniqueKey("one").delay(ofSeconds(60))))));
        mill.enqueue(engine, GRIND.job("rye").uniqueKey("one"));
        mill.pass(ofSeconds(181));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(4);
        assertThat(mill.store().jobs(JobState.PENDING))
                .singleElement()
                .satisfies(job -> assertThat(job.payload()).isEqualTo("\"rye++++\""));
    }

    @Test
    void aBlockingHandlerHasFollowUps() {
        JobEngine engine = start(JobHandler.blocking(GRIND, job -> JobOutcome.completeThen(BAKE.job("rolls"))));
        mill.enqueue(engine, GRIND.job("rye"));

        mill.passUntil(() -> baked.equals(List.of("rolls")));
    }

    @Test
    void eachJobOfABatchHasItsOwn() {
        JobEngine engine = start(JobHandler.batch(
                GRIND,
                b -> b,
                batch -> Flux.fromIterable(batch)
                        .filter(job -> !job.payload().equals("sack 1"))
                        .map(job -> BatchOutcome.of(job, JobOutcome.completeThen(BAKE.job(job.payload()))))));
        mill.enqueue(engine, 3);
        mill.pass(ofMillis(200));

        assertThat(baked).containsExactlyInAnyOrder("sack 0", "sack 2");
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(5);
    }

    @Test
    void anOutcomeForAllJobsOfABatchHasItsFollowUpsForEach() {
        JobEngine engine =
                start(JobHandler.batch(GRIND, b -> b, batch -> Mono.just(JobOutcome.completeThen(BAKE.job("rolls")))));
        mill.enqueue(engine, 3);
        mill.pass(ofMillis(200));

        assertThat(baked).hasSize(3);
    }

    @Test
    void oneJobOfABatchWhoseFollowUpIsRefusedFailsAlone() {
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.batch(
                        GRIND,
                        b -> b,
                        batch -> Flux.fromIterable(batch)
                                .map(job -> BatchOutcome.of(
                                        job,
                                        job.payload().equals("sack 1")
                                                ? JobOutcome.completeThen(BAKE.job("rolls"))
                                                : JobOutcome.complete())))
                .retry(RetryPolicy.never())));
        mill.enqueue(engine, 3);
        mill.pass(ofMillis(200));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2);
        assertThat(mill.store().jobs(JobState.FAILED)).hasSize(1);
    }

    @Test
    void aDeliveryHasFollowUps() {
        JobEngine engine = mill.start(e ->
                e.enqueues(GRIND).subscribe(BAKE, job -> Mono.fromRunnable(() -> baked.add(job.payload()))));
        mill.enqueue(engine, GRIND.job("rye"));
        List<Delivery<String>> deliveries = new ArrayList<>();
        engine.receive(GRIND).subscribe(deliveries::add);
        mill.settleDown();
        deliveries.get(0).settle(JobOutcome.completeThen(BAKE.job("rolls"))).subscribe();
        mill.settleDown();

        assertThat(baked).containsExactly("rolls");
    }

    @Test
    void theResultIsKeptBesideThem() {
        JobEngine engine = start(JobHandler.of(
                GRIND, job -> Mono.just(JobOutcome.completeThen(List.of(BAKE.job("rolls")), "flour"))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();

        assertThat(mill.find(id).result()).isEqualTo("\"flour\"");
        assertThat(baked).containsExactly("rolls");
    }

    @Test
    void aKindThatNobodyHandlesFailsTheAttempt() {
        JobSnapshot job = failed(
                grinding(BAKE.job("rolls"), JobType.of("brew", String.class).job("ale")), UnknownKindException.class);

        assertThat(job.failures().get(0).message()).contains("brew");
    }

    @Test
    void aPayloadThatIsTooLongFailsTheAttempt() {
        JobEngine engine = mill.start(e -> e.client(client -> client.maxPayloadBytes(100))
                .subscribe(JobHandler.<String>of(
                                GRIND,
                                job -> Mono.just(JobOutcome.completeThen(BAKE.job("rolls"), BAKE.job("x".repeat(200)))))
                        .retry(RetryPolicy.never()))
                .enqueues(BAKE));

        failed(engine, InvalidJobException.class);
    }

    @Test
    void moreThanAThousandFailTheAttempt() {
        Collection<NewJob<String>> many =
                IntStream.range(0, 1_001).mapToObj(n -> BAKE.job("roll " + n)).toList();
        JobSnapshot job = failed(
                start(JobHandler.of(GRIND, each -> Mono.fromSupplier(() -> JobOutcome.completeThen(many)))),
                InvalidJobException.class);

        assertThat(job.failures().get(0).message())
                .contains("1001 jobs, at most 1000")
                .contains("enqueueAll");
    }

    @Test
    void aThousandAreEnqueued() {
        NewJob<?>[] many =
                IntStream.range(0, 1_000).mapToObj(n -> BAKE.job("roll " + n)).toArray(NewJob<?>[]::new);
        mill.enqueue(grinding(many), GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        assertThat(baked).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void anAttemptThatFailsEnqueuesNothing() {
        JobEngine engine = start(JobHandler.of(
                GRIND,
                job -> Flux.<Object>just(JobOutcome.completeThen(BAKE.job("rolls")))
                        .concatWith(Mono.error(new IllegalStateException("no stones")))));

        failed(engine, IllegalStateException.class);
    }

    @Test
    void anAttemptThatIsRetriedEnqueuesOnce() {
        AtomicInteger attempts = new AtomicInteger();
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.<String>of(
                                GRIND,
                                job -> Mono.just(
                                        attempts.incrementAndGet() < 3
                                                ? JobOutcome.retry(ofSeconds(1), "wet")
                                                : JobOutcome.completeThen(BAKE.job("rolls"))))
                        .retry(RetryPolicy.defaults().backoff(Backoff.fixed(Duration.ofSeconds(1)))))
                .subscribe(BAKE, job -> Mono.fromRunnable(() -> baked.add(job.payload()))));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(5));

        assertThat(attempts).hasValue(3);
        assertThat(baked).containsExactly("rolls");
    }
}
