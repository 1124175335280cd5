package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.AttemptTimeoutException;
import io.headrace.Backoff;
import io.headrace.BatchOutcome;
import io.headrace.BatchOutcomeException;
import io.headrace.HandlerContractException;
import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.NewJob;
import io.headrace.RetryPolicy;
import io.headrace.observe.JobInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How the jobs of a call end. */
class BatchOutcomeTest {

    private static final RetryPolicy TWICE =
            RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofMinutes(1)));

    @RegisterExtension
    final Mill mill = new Mill();

    private final AtomicInteger calls = new AtomicInteger();

    /** Enqueues a job for each, all of which come in one call. */
    private List<JobId> call(JobHandler<String> handler, List<NewJob<String>> jobs) {
        JobEngine engine = mill.start(e -> e.subscribe(handler.retry(TWICE)));
        List<JobId> ids = new ArrayList<>();
        jobs.forEach(job -> ids.add(mill.enqueue(engine, job)));
        mill.pass(ofMillis(200));
        return ids;
    }

    private List<JobId> call(Function<JobBatch<String>, Publisher<?>> function) {
        return call(handler(function), List.of(GRIND.job("rye"), GRIND.job("oats"), GRIND.job("wheat")));
    }

    private JobHandler<String> handler(Function<JobBatch<String>, Publisher<?>> function) {
        return JobHandler.batch(GRIND, b -> b, batch -> {
            calls.incrementAndGet();
            return function.apply(batch);
        });
    }

    private List<JobState> states(List<JobId> ids) {
        return ids.stream().map(id -> mill.find(id).state()).toList();
    }

    private void assertThatAllFailed(List<JobId> ids, Class<?> error, String... words) {
        assertThat(calls).hasValueLessThanOrEqualTo(1);
        assertThat(ids).hasSize(3).allSatisfy(id -> {
            JobSnapshot job = mill.find(id);
            assertThat(job.state()).isEqualTo(JobState.PENDING);
            assertThat(job.attempt()).isEqualTo(1);
            AttemptFailure failure = job.failures().get(0);
            assertThat(failure.errorType()).isEqualTo(error.getName());
            assertThat(failure.message()).contains(words);
        });
    }

    @Test
    void aHandlerThatSaysNothingCompletesAll() {
        assertThat(states(call(batch -> Flux.just("anything", List.of("else")))))
                .containsOnly(JobState.COMPLETED);
        assertThat(calls).hasValue(1);
    }

    @Test
    void anOutcomeIsOfItsJobAndTheOthersAreCompleted() {
        List<JobId> ids = call(batch -> Flux.just(
                BatchOutcome.of(batch.jobs().get(0), JobOutcome.cancel("sold")),
                BatchOutcome.failed(batch.jobs().get(1), new IllegalStateException("no stones"))));

        assertThat(states(ids)).containsExactly(JobState.CANCELLED, JobState.PENDING, JobState.COMPLETED);
        assertThat(mill.find(ids.get(1)).failures())
                .extracting(AttemptFailure::message)
                .containsExactly("no stones");
        assertThat(mill.find(ids.get(1)).runAt())
                .as("the backoff of the policy")
                .isNotNull();
    }

    @Test
    void outcomesMayComeInAList() {
        List<JobId> ids = call(batch -> Flux.fromIterable(batch)
                .map(job -> BatchOutcome.of(job, JobOutcome.fail(job.payload())))
                .collectList());

        assertThat(states(ids)).containsOnly(JobState.FAILED);
        assertThat(mill.find(ids.get(2)).failures().get(0).message()).isEqualTo("wheat");
    }

    @Test
    void anOutcomeForAllIsForThoseWithoutOne() {
        List<JobId> ids = call(batch -> Flux.just(
                JobOutcome.snooze(ofSeconds(30)), BatchOutcome.of(batch.jobs().get(1), JobOutcome.complete())));

        assertThat(states(ids)).containsExactly(JobState.PENDING, JobState.COMPLETED, JobState.PENDING);
        assertThat(mill.find(ids.get(0)).attempt()).isZero();
    }

    @Test
    void anErrorOfTheWholeIsDecidedForEachJobByItsOwnAttempts() {
        List<JobId> ids = call(
                handler(batch -> Mono.error(new IllegalStateException("no water"))),
                List.of(GRIND.job("rye").maxAttempts(1), GRIND.job("oats")));

        assertThat(states(ids)).containsExactly(JobState.FAILED, JobState.PENDING);
        mill.pass(ofMinutes(1).plusSeconds(1));
        assertThat(states(ids)).containsExactly(JobState.FAILED, JobState.FAILED);
        assertThat(calls).hasValue(2);
    }

    @Test
    void whatWasSaidBeforeAnErrorDoesNotCount() {
        assertThatAllFailed(
                call(batch -> Flux.<Object>just(BatchOutcome.of(batch.jobs().get(0), JobOutcome.complete()))
                        .concatWith(Mono.error(new IllegalStateException("the commit failed")))),
                IllegalStateException.class,
                "the commit failed");
    }

    @Test
    void aHandlerThatThrowsHasFailedEach() {
        assertThatAllFailed(
                call(batch -> {
                    throw new IllegalArgumentException("no stones");
                }),
                IllegalArgumentException.class,
                "no stones");
    }

    @Test
    void aClassThatIsMissingIsAFailedAttemptOfEach() {
        assertThatAllFailed(
                call(batch -> Mono.fromRunnable(() -> {
                    throw new NoClassDefFoundError("flour");
                })),
                IllegalStateException.class,
                "NoClassDefFoundError: flour");
    }

    @Test
    void nullInsteadOfAPublisherIsAFailedAttemptOfEach() {
        assertThatAllFailed(call(batch -> null), HandlerContractException.class, "returned null");
    }

    @Test
    void twoOutcomesForOneJobAreAnError() {
        List<JobId> ids = call(batch -> Flux.just(
                BatchOutcome.of(batch.jobs().get(0), JobOutcome.complete()),
                BatchOutcome.of(batch.jobs().get(0), JobOutcome.complete())));

        assertThatAllFailed(ids, BatchOutcomeException.class, "two outcomes for job " + ids.get(0));
    }

    @Test
    void anOutcomeForAJobOfAnotherBatchIsAnError() {
        assertThatAllFailed(
                call(batch -> Flux.just(new BatchOutcome(new JobId(4711), JobOutcome.complete(), null))),
                BatchOutcomeException.class,
                "job " + new JobId(4711),
                "not in the batch");
    }

    @Test
    void twoOutcomesForAllAreAnErrorAndNotTheLastOneTheirs() {
        assertThatAllFailed(
                call(batch -> Flux.fromIterable(batch).map(job -> JobOutcome.complete())),
                BatchOutcomeException.class,
                "BatchOutcome.of(job, outcome)");
    }

    @Test
    void aListOfOutcomesThatNameNoJobIsAnError() {
        assertThatAllFailed(
                call(batch -> Mono.just(List.of(JobOutcome.complete(), JobOutcome.fail("no"), JobOutcome.complete()))),
                BatchOutcomeException.class,
                "name no job");
    }

    @Test
    void thePublisherIsCancelledAtAnErrorOfItsOutcomes() {
        AtomicInteger cancelled = new AtomicInteger();
        call(batch -> Flux.just(JobOutcome.complete(), JobOutcome.complete())
                .concatWith(Mono.never())
                .doOnCancel(cancelled::incrementAndGet));

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void theTimeoutIsThatOfTheCallAndFailsEach() {
        AtomicInteger cancelled = new AtomicInteger();
        List<JobId> ids = call(
                handler(batch -> Mono.never().doOnCancel(cancelled::incrementAndGet))
                        .timeout(ofSeconds(5)),
                List.of(GRIND.job("rye"), GRIND.job("oats"), GRIND.job("wheat")));
        mill.pass(ofMillis(4_800));
        assertThat(cancelled).hasValue(0);
        mill.pass(ofMillis(200));

        assertThat(cancelled).hasValue(1);
        assertThatAllFailed(ids, AttemptTimeoutException.class, "PT5S");
    }

    @Test
    void anOutcomeMayBeADurationThatIsSpreadForAllTogether() {
        RetryPolicy spread =
                RetryPolicy.defaults().backoff(Backoff.fixed(ofSeconds(100)).jitter(0.5));
        JobEngine engine = mill.start(e -> e.subscribe(
                handler(batch -> Mono.error(new IllegalStateException())).retry(spread)));
        mill.enqueue(engine, 50);
        mill.pass(ofMillis(200));

        assertThat(mill.store().jobs(JobState.PENDING).stream()
                        .map(JobSnapshot::runAt)
                        .distinct())
                .as("all outcomes of a call leave in one flush")
                .hasSize(1);
    }

    @Test
    void aBlockingHandlerReturnsItsOutcomes() {
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.blockingBatch(
                GRIND,
                b -> b,
                batch -> batch.jobs().stream()
                        .filter(job -> job.payload().equals("rye"))
                        .map(job -> BatchOutcome.of(job, JobOutcome.fail("no rye")))
                        .toList())));
        JobId rye = mill.enqueue(engine, GRIND.job("rye"));
        JobId oats = mill.enqueue(engine, GRIND.job("oats"));
        mill.pass(ofMillis(200));
        mill.passUntil(() -> mill.find(oats).state() == JobState.COMPLETED);

        assertThat(mill.find(rye).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void anInterceptorIsAroundTheCall() {
        List<Integer> seen = new ArrayList<>();
        JobInterceptor interceptor = new JobInterceptor() {
            @Override
            public <T> Publisher<?> runBatch(
                    JobBatch<T> batch, Function<? super JobBatch<T>, ? extends Publisher<?>> handler) {
                seen.add(batch.size());
                return handler.apply(batch);
            }
        };
        JobEngine engine = mill.start(e -> e.interceptor(interceptor).subscribe(handler(batch -> Mono.empty())));
        mill.enqueue(engine, 3);
        mill.pass(ofMillis(200));

        assertThat(seen).containsExactly(3);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
    }

    @Test
    void theFunctionForASingleJobIsACallWithThisJobAlone() {
        Job<String> job = new Job<>(new JobId(1), "grind", "default", 4, 1, 20, "rye", Map.of(), null);

        assertThat(Flux.from(handler(batch -> Flux.fromIterable(batch.payloads()))
                                .function()
                                .apply(job))
                        .collectList()
                        .block())
                .isEqualTo(List.of("rye"));
    }
}
