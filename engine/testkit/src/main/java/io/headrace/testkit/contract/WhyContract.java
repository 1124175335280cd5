package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headrace.FailedJobs;
import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobReason;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewWorker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Why a job waits. */
abstract class WhyContract extends ContractSuite {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofSeconds(30);

    /** An engine that has said what it handles, and how much of it at once. */
    private long engine(int slots, String... kinds) {
        return await(store().workers()
                .register(new NewWorker(
                        "miller", null, Set.of(QUEUE), Set.of(kinds), Map.of(QUEUE, slots), EXPIRY, false)));
    }

    private JobExplanation why(JobId id) {
        JobExplanation explanation = await(store().inspector().why(id));
        assertThat(explanation.job()).isEqualTo(id);
        return explanation;
    }

    /** The reason, if it is the only one. */
    private <T extends JobReason> T onlyReason(JobId id, Class<T> type) {
        assertThat(why(id).also()).isEmpty();
        return firstReason(id, type);
    }

    private <T extends JobReason> T firstReason(JobId id, Class<T> type) {
        JobReason reason = why(id).reason();
        assertThat(reason).isInstanceOf(type);
        return type.cast(reason);
    }

    @Test
    void aJobForLaterIsNotDue() {
        assertThat(engine(1, KIND)).isPositive();
        JobId id = enqueue(job().delay(HOUR));

        assertThat(onlyReason(id, JobReason.NotDue.class).runAt()).isEqualTo(find(id).runAt());
        passTime(HOUR.plusMinutes(1));
        assertThat(onlyReason(id, JobReason.Due.class).since()).isEqualTo(find(id).runAt());
    }

    @Test
    void aSnoozedJobIsNotDue() {
        long engine = engine(1, KIND);
        JobId id = enqueue(job());
        settle(engine, snoozed(claimOne(engine), HOUR));

        assertThat(onlyReason(id, JobReason.NotDue.class).runAt()).isEqualTo(find(id).runAt());
    }

    @Test
    void aJobThatFailedWaitsForItsNextAttempt() {
        long engine = engine(1, KIND);
        JobId id = enqueue(job());
        settle(engine, retried(claimOne(engine), Duration.ZERO, "the first stone"));
        settle(engine, retried(claimOne(engine), HOUR, "the second stone"));

        JobReason.WaitsForRetry reason = onlyReason(id, JobReason.WaitsForRetry.class);
        assertThat(reason.runAt()).isEqualTo(find(id).runAt());
        assertThat(reason.attempt()).isEqualTo(3);
        assertThat(reason.lastFailure()).isEqualTo(find(id).failures().get(1));
        assertThat(reason.describe()).contains("attempt 3", "the second stone");
    }

    @Test
    void aPausedQueueHoldsItsJobs() {
        assertThat(engine(1, KIND)).isPositive();
        JobId id = enqueue(job());
        finish(store().decisions().pause(QUEUE));
        passTime(HOUR);
        finish(store().decisions().pause(QUEUE));

        JobReason.QueuePaused reason = onlyReason(id, JobReason.QueuePaused.class);
        assertThat(reason.queue()).isEqualTo(QUEUE);
        assertThat(reason.since()).isCloseTo(find(id).runAt(), within(10, ChronoUnit.SECONDS));

        finish(store().decisions().resume(QUEUE));
        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(1);
    }

    @Test
    void aQueueMayHaveNoEngine() {
        JobId id = enqueue(job());
        JobId elsewhere = enqueue(job().queue("weir"));
        long engine = worker(SHORT);
        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(1);
        assertThat(onlyReason(elsewhere, JobReason.NoEngineOnQueue.class).queue())
                .isEqualTo("weir");

        passTime(Duration.ofMinutes(1));

        assertThat(onlyReason(id, JobReason.NoEngineOnQueue.class).queue()).isEqualTo(QUEUE);
        assertThat(heartbeat(engine, Set.of()).known()).isTrue();
        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(1);
    }

    @Test
    void aWorkerThatIsIdleOnAQueueWorksOnIt() {
        JobId id = enqueue(job().queue("weir"));
        long receiver = worker();
        finish(store().workers().markIdle(receiver, Set.of("weir")));

        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(1);
    }

    @Test
    void theEnginesMayNotKnowTheKind() {
        JobId id = enqueue(job().kind(OTHER_KIND));
        assertThat(engine(1, KIND)).isNotEqualTo(engine(1, KIND, "press"));

        assertThat(onlyReason(id, JobReason.NoEngineKnowsKind.class))
                .isEqualTo(new JobReason.NoEngineKnowsKind(QUEUE, OTHER_KIND, 2));
        assertThat(engine(1, KIND, OTHER_KIND)).isPositive();
        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(1);
    }

    @Test
    void aWorkerThatHasSaidNothingMayKnowEveryKindAndIsNeverFull() {
        JobId id = enqueue(job().kind(OTHER_KIND));
        given(jobs(5));
        assertThat(claim(request(worker(), KIND)).jobs()).hasSize(5);

        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(1);
    }

    @Test
    void whoeverHasAJobOfAKindKnowsIt() {
        long receiver = engine(5, KIND);
        given(job().kind(OTHER_KIND));
        assertThat(claimAll(receiver)).hasSize(1);
        JobId id = enqueue(job().kind(OTHER_KIND));

        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(1);
    }

    @Test
    void everyEngineMayBeBusy() {
        long first = engine(2, KIND);
        long second = engine(3, KIND);
        assertThat(engine(9, OTHER_KIND)).isPositive();
        given(jobs(6));
        JobId id = enqueue(job());
        List<ClaimedJob> two = claim(first, 2);
        assertThat(claim(second, 2)).hasSize(2);
        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(2);

        assertThat(claim(second, 2)).hasSize(2);

        assertThat(onlyReason(id, JobReason.EnginesBusy.class)).isEqualTo(new JobReason.EnginesBusy(QUEUE, 2, 6, 5));
        settle(first, Outcomes.completed(two.get(0)));
        assertThat(onlyReason(id, JobReason.Due.class).engines()).isEqualTo(2);
    }

    @Test
    void aJobThatLostItsProcessIsSuspected() {
        JobId id = enqueue(job());
        for (boolean alone : new boolean[] {false, true}) {
            assertThat(claimAll(worker(SHORT))).hasSize(1);
            passTime(Duration.ofMinutes(1));
            assertThat(sweep().returned()).isEqualTo(1);
            long engine = worker();

            assertThat(onlyReason(id, JobReason.Suspected.class).alone()).isEqualTo(alone);
            unregister(engine);
        }
    }

    @Test
    void allReasonsAreGivenInTheOrderInWhichTheyMustEnd() {
        JobId id = enqueue(job().delay(HOUR));
        finish(store().decisions().pause(QUEUE));

        assertThat(why(id).reason().code()).isEqualTo("NOT_DUE");
        assertThat(why(id).also()).extracting(JobReason::code).containsExactly("QUEUE_PAUSED", "NO_ENGINE_ON_QUEUE");
        assertThat(why(id).describe()).contains("not due", "paused", "No running engine");
    }

    @Test
    void aJobThatIsRetriedByHandIsDue() {
        JobId id = failedJobs(1)[0];
        assertThat(retry(FailedJobs.byId(List.of(id))).retried()).isEqualTo(1);

        assertThat(onlyReason(id, JobReason.Due.class).since()).isEqualTo(find(id).runAt());
    }
}
