package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.WorkerId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a person sees of one job. */
abstract class FindContract extends ContractSuite {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aJobThatNeverWasIsNotFound() {
        JobId id = enqueue(job());

        assertThat(store().inspector().find(new JobId(id.value() + 1)).blockOptional(PATIENCE))
                .isEmpty();
    }

    @Test
    void aPendingJobShowsWhenItIsDue() {
        JobId now = enqueue(job());
        JobId later = enqueue(job().delay(HOUR));

        assertThat(find(now).state()).isEqualTo(JobState.PENDING);
        assertThat(find(now).runAt()).isCloseTo(now.createdAt(), within(10, ChronoUnit.SECONDS));
        assertThat(find(later).state()).isEqualTo(JobState.PENDING);
        assertThat(find(later).runAt()).isCloseTo(later.createdAt().plus(HOUR), within(10, ChronoUnit.SECONDS));
    }

    @Test
    void aLeasedJobShowsTheAttemptUnderWay() {
        JobId id = enqueue(job());
        long worker = worker();
        assertThat(claimAll(worker)).hasSize(1);

        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
        assertThat(find(id).attempt()).isEqualTo(1);
        assertThat(find(id).runAt()).isNull();
        assertThat(find(id).worker()).isEqualTo(new WorkerId(worker).toString());
    }

    @Test
    void aRetriedJobShowsItsAttemptsAndWhenTheNextIsDue() {
        JobId id = enqueue(job());
        long worker = worker();
        settle(worker, retried(claimOne(worker), HOUR));

        JobSnapshot found = find(id);

        assertThat(found.state()).isEqualTo(JobState.PENDING);
        assertThat(found.attempt()).isEqualTo(1);
        assertThat(found.runAt()).isCloseTo(id.createdAt().plus(HOUR), within(30, ChronoUnit.SECONDS));
        assertThat(found.failures()).hasSize(1);
    }

    @Test
    void stackTracesAreShownToThoseAloneWhoAskForThem() {
        JobId waiting = enqueue(job());
        long worker = worker();
        settle(worker, retried(claimOne(worker), HOUR, "first"));
        JobId dead = enqueue(job());
        settle(worker, failed(claimOne(worker), "only"));

        for (JobId id : List.of(waiting, dead)) {
            assertThat(find(id).failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.trace()).isNull());
            assertThat(await(store().inspector().findWithTraces(id)).failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.trace()).contains("at the upper stone"));
            assertThat(await(store().inspector().findWithTraces(id)).withoutTraces())
                    .isEqualTo(find(id));
            assertThat(await(store().inspector().look(Set.of(id)).single()).failure())
                    .isEqualTo(find(id).failures().get(0));
        }
    }

    @Test
    void whatAJobDoesNotHaveIsNotShown() {
        JobSnapshot found = find(enqueue(job()));

        assertThat(found.headers()).isNull();
        assertThat(found.maxAttempts()).isNull();
        assertThat(found.uniqueKey()).isNull();
        assertThat(found.priority()).isEqualTo(4);
    }

    @Test
    void aJobThatCompletedLongAfterItsFailureIsShown() {
        JobId id = enqueue(job());
        long worker = worker();
        settle(worker, retried(claimOne(worker), HOUR));
        passTime(HOUR.plusMinutes(1));
        settle(worker, completed(claimOne(worker)));

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(find(id).attempt()).isEqualTo(2);
    }

    @Test
    void aCompletedJobIsStillShown() {
        JobSnapshot found = foundAfter(Outcomes::completed);

        assertThat(found.state()).isEqualTo(JobState.COMPLETED);
        assertThat(found.failures()).isEmpty();
    }

    @Test
    void aFailedJobShowsItsFailure() {
        JobSnapshot found = foundAfter(Outcomes::failed);

        assertThat(found.state()).isEqualTo(JobState.FAILED);
        assertThat(found.failures()).hasSize(1);
    }

    @Test
    void aCancelledJobIsShownAsCancelled() {
        assertThat(foundAfter(Outcomes::cancelled).state()).isEqualTo(JobState.CANCELLED);
    }

    private JobSnapshot foundAfter(Function<ClaimedJob, Settlement> outcome) {
        JobId id = enqueue(job().payload("{\"n\":7}")
                .headers("{\"miller\":\"Anna\"}")
                .priority(2)
                .maxAttempts(5)
                .uniqueKey("sack 7"));
        assertThat(find(id).priority()).isEqualTo(2);
        assertThat(find(id).worker()).isNull();
        long worker = worker();
        settle(worker, outcome.apply(claimOne(worker)));

        JobSnapshot found = find(id);
        assertThat(found.id()).isEqualTo(id);
        assertThat(found.queue()).isEqualTo(QUEUE);
        assertThat(found.kind()).isEqualTo(Draft.KIND);
        assertThat(found.attempt()).isEqualTo(1);
        assertThat(found.runAt()).isNull();
        assertThat(found.payload()).isEqualToIgnoringWhitespace("{\"n\":7}");
        assertThat(found.uniqueKey()).isEqualTo("sack 7");
        assertThat(found.priority()).isEqualTo(2);
        assertThat(found.maxAttempts()).isEqualTo(5);
        assertThat(found.headers()).isEqualToIgnoringWhitespace("{\"miller\":\"Anna\"}");
        assertThat(found.worker()).isNull();
        return found;
    }

    @Test
    void jobsOfOneSetAreToldApart() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(6));
        List<ClaimedJob> claimed = claim(worker, 4);
        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)), cancelled(claimed.get(2)));

        assertThat(ids)
                .map(id -> find(id).state())
                .containsExactly(
                        JobState.COMPLETED,
                        JobState.FAILED,
                        JobState.CANCELLED,
                        JobState.LEASED,
                        JobState.PENDING,
                        JobState.PENDING);
    }

    @Test
    void lookingAtAJobChangesNothing() {
        JobId id = enqueue(job());

        assertThat(find(id)).isEqualTo(find(id));
        assertThat(claimOne(worker()).attempt()).isEqualTo(1);
    }
}
