package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headrace.AttemptFailure;
import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How jobs stand, as somebody sees who looks again and again. */
abstract class LookContract extends ContractSuite {

    private static final Duration HOUR = Duration.ofHours(1);

    private JobUpdate look(JobId id) {
        List<JobUpdate> updates = lookAt(Set.of(id));
        assertThat(updates).hasSize(1);
        assertThat(updates.get(0).id()).isEqualTo(id);
        return updates.get(0);
    }

    private static void assertNoneUnderWay(JobUpdate update) {
        assertThat(update.progress()).isNull();
    }

    @Test
    void nobodyIsFoundWhoNeverWas() {
        JobId id = enqueue(job());

        assertThat(lookAt(Set.of(new JobId(id.value() + 1)))).isEmpty();
        assertThat(lookAt(Set.of())).isEmpty();
    }

    @Test
    void aWaitingJobShowsWhenItIsDue() {
        JobUpdate update = look(enqueue(job().delay(HOUR)));

        assertThat(update.state()).isEqualTo(JobState.PENDING);
        assertThat(update.attempt()).isZero();
        assertThat(update.runAt()).isCloseTo(update.id().createdAt().plus(HOUR), within(10, ChronoUnit.SECONDS));
        assertThat(update.failure()).isNull();
        assertNoneUnderWay(update);
    }

    @Test
    void aLeasedJobShowsTheAttemptUnderWay() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, retried(claimOne(worker), Duration.ZERO));
        assertThat(claimAll(worker)).hasSize(1);

        assertThat(look(id)).isEqualTo(new JobUpdate(id, JobState.LEASED, 2, null, null, null));
    }

    @Test
    void aJobThatIsToBeTriedAgainShowsWhyAndWhen() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, retried(claimOne(worker), Duration.ZERO, "the first stone"));
        settle(worker, retried(claimOne(worker), HOUR, "the second stone"));

        JobUpdate update = look(id);

        assertThat(update.state()).isEqualTo(JobState.PENDING);
        assertThat(update.attempt()).isEqualTo(2);
        assertThat(update.runAt()).isCloseTo(id.createdAt().plus(HOUR), within(30, ChronoUnit.SECONDS));
        assertThat(failure(update).attempt()).isEqualTo(2);
        assertThat(failure(update).message()).isEqualTo("the second stone");
    }

    private static AttemptFailure failure(JobUpdate update) {
        return Objects.requireNonNull(update.failure(), "no failure is shown");
    }

    @Test
    void aCompletedJobIsShownAsThat() {
        long worker = worker();
        JobId atOnce = enqueue(job());
        settle(worker, completed(claimOne(worker)));
        JobId atTheSecond = enqueue(job());
        settle(worker, retried(claimOne(worker), Duration.ZERO));
        settle(worker, completed(claimOne(worker)));

        assertThat(look(atOnce)).isEqualTo(new JobUpdate(atOnce, JobState.COMPLETED, 1, null, null, null));
        assertThat(look(atTheSecond)).isEqualTo(new JobUpdate(atTheSecond, JobState.COMPLETED, 2, null, null, null));
    }

    @Test
    void aFailedJobShowsWhy() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, retried(claimOne(worker), Duration.ZERO));
        settle(worker, failed(claimOne(worker), "the mill has burnt down"));

        JobUpdate update = look(id);

        assertThat(update.state()).isEqualTo(JobState.FAILED);
        assertThat(update.isOutcome()).isTrue();
        assertThat(update.attempt()).isEqualTo(2);
        assertThat(failure(update).message()).isEqualTo("the mill has burnt down");
    }

    @Test
    void aJobThatWasCancelledOrDiscardedIsShownAsThat() {
        long worker = worker();
        JobId whileItWaits = enqueue(job().delay(HOUR));
        assertThat(cancel(whileItWaits)).isEqualTo(CancelAnswer.CANCELLED);
        JobId byItself = enqueue(job());
        settle(worker, cancelled(claimOne(worker)));
        JobId letGo = enqueue(job());
        settle(worker, failed(claimOne(worker)));
        assertThat(await(store().decisions().discard(FailedJobs.byId(List.of(letGo))))
                        .discarded())
                .isEqualTo(1);

        assertThat(look(whileItWaits).state()).isEqualTo(JobState.CANCELLED);
        assertThat(look(byItself).state()).isEqualTo(JobState.CANCELLED);
        assertThat(failure(look(byItself)).message()).isEqualTo("no longer wanted");
        assertThat(look(letGo).state()).isEqualTo(JobState.DISCARDED);
    }

    @Test
    void aTombstoneThatIsForgottenIsNobodyAnyMore() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(worker, failed(claimOne(worker)));
        passTime(Duration.ofDays(2));
        assertThat(await(store().decisions().prune(Duration.ofDays(1)))).isEqualTo(1);

        assertThat(lookAt(Set.of(id))).isEmpty();
    }

    @Test
    void manyAreLookedAtTogether() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(300));
        given(jobs(20));
        List<ClaimedJob> claimed = claim(worker, 200);
        settle(worker, Outcomes.all(claimed.subList(0, 50), Outcomes::completed));
        settle(worker, Outcomes.all(claimed.subList(50, 80), Outcomes::failed));
        settle(worker, Outcomes.all(claimed.subList(80, 100), job -> snoozed(job, HOUR)));

        List<JobUpdate> updates = lookAt(Set.copyOf(ids));

        assertThat(updates).extracting(JobUpdate::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(updates.stream().collect(Collectors.groupingBy(JobUpdate::state, Collectors.counting())))
                .containsEntry(JobState.COMPLETED, 50L)
                .containsEntry(JobState.FAILED, 30L)
                .containsEntry(JobState.LEASED, 100L)
                .containsEntry(JobState.PENDING, 120L);
        assertThat(updates)
                .allMatch(update -> update.state() == find(update.id()).state());
    }
}
