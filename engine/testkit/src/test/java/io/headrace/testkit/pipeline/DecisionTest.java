package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.RetryReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** What people decide, and how engines heed it. */
class DecisionTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final AtomicBoolean cancelled = new AtomicBoolean();

    private JobEngine engineThatNeverEnds() {
        return mill.start(e -> e.subscribe(GRIND, job -> Mono.never().doOnCancel(() -> cancelled.set(true))));
    }

    private CancelAnswer cancel(JobClient client, JobId id) {
        List<CancelAnswer> answers = new ArrayList<>();
        client.cancel(id).subscribe(answers::add);
        mill.settleDown();
        return answers.get(0);
    }

    @Test
    void aHandlerInThisProcessIsCancelledAtOnce() {
        JobEngine engine = engineThatNeverEnds();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        assertThat(cancel(engine.client(), id)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        assertThat(cancelled).isTrue();
        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aHandlerInAnotherProcessIsCancelledWithinAHeartbeat() {
        JobEngine engine = engineThatNeverEnds();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        assertThat(cancel(JobClient.create(mill.store()), id)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        assertThat(cancelled).isFalse();
        mill.pass(ofSeconds(10));

        assertThat(cancelled).isTrue();
        assertThat(mill.find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void theOthersOfItsLeaseRunOn() {
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = mill.start(e ->
                e.subscribe(GRIND, job -> Mono.delay(ofMinutes(1)).doOnNext(t -> handled.incrementAndGet())));
        List<JobId> ids = new ArrayList<>();
        engine.client()
                .enqueueAll(List.of(GRIND.job("a"), GRIND.job("b"), GRIND.job("c")))
                .subscribe(answers -> answers.forEach(answer -> ids.add(answer.id())));
        mill.settleDown();

        assertThat(cancel(engine.client(), ids.get(1))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        mill.pass(ofMinutes(2));

        assertThat(handled).hasValue(2);
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2);
    }

    @Test
    void aJobThatWasFetchedAheadAndIsCancelledNeverRuns() {
        List<String> ran = new ArrayList<>();
        JobEngine engine =
                mill.start(e -> e.queue("default", q -> q.concurrency(1).prefetch(3))
                        .subscribe(GRIND, job -> {
                            ran.add(job.payload());
                            return Mono.delay(ofSeconds(5));
                        }));
        mill.enqueue(engine, GRIND.job("first"));
        JobId second = mill.enqueue(engine, GRIND.job("second"));
        mill.pass(ofSeconds(1));

        assertThat(cancel(engine.client(), second)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        mill.pass(ofSeconds(20));

        assertThat(ran).containsExactly("first");
        assertThat(mill.leased()).isZero();
    }

    @Test
    void aFailedJobRetriedByAPersonRunsWithTheHandlerDeployedNow() {
        JobEngine broken = mill.start(e ->
                e.subscribe(JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("no stones")))
                        .retry(RetryPolicy.never())));
        JobId id = mill.enqueue(broken, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
        mill.stop(broken, ofSeconds(1));

        JobEngine mended = mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        List<RetryReport> reports = new ArrayList<>();
        mended.operator().retryFailed(FailedJobs.ofKind("grind")).subscribe(reports::add);
        mill.pass(ofSeconds(1));

        assertThat(reports).containsExactly(new RetryReport(1, 1, 0, 0));
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aFailedJobStaysRetryableForItsRetentionThenTheAnswerSaysThatItIsGone() {
        JobEngine engine = mill.start(e -> e.failedRetention(ofDays(3))
                .subscribe(JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("no")))
                        .retry(RetryPolicy.never())));
        JobId kept = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofDays(3).minusMinutes(5));
        assertThat(mill.find(kept)).isNotNull();

        mill.pass(ofMinutes(10));

        assertThat(mill.find(kept)).isNull();
        List<RetryReport> reports = new ArrayList<>();
        engine.operator().retryFailed(FailedJobs.byId(List.of(kept, kept))).subscribe(reports::add);
        mill.settleDown();
        assertThat(reports).containsExactly(new RetryReport(0, 0, 0, 1));
    }

    @Test
    void aSelectorIsExactlyOneOfIdsKindQueueAndFingerprint() {
        assertThat(FailedJobs.select(null, "grind", null, null)).isEqualTo(FailedJobs.ofKind("grind"));
        assertThat(FailedJobs.select(null, null, "default", null)).isEqualTo(FailedJobs.inQueue("default"));
        assertThat(FailedJobs.select(List.of(new JobId(1)), null, null, null))
                .isEqualTo(FailedJobs.byId(List.of(new JobId(1))));
        assertThat(FailedJobs.select(null, null, null, "0123456789abcdef"))
                .isEqualTo(FailedJobs.withFingerprint("0123456789abcdef"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> FailedJobs.select(null, null, null, null))
                .withMessageContaining("exactly one of ids, kind, queue and fingerprint")
                .withMessageContaining("given: []");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> FailedJobs.select(null, "grind", "default", null))
                .withMessageContaining("given: [kind, queue]");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> FailedJobs.withFingerprint("0123456789ABCDEF"))
                .withMessageContaining("'0123456789ABCDEF' is not 16 digits of 0-9 and a-f");
    }
}
