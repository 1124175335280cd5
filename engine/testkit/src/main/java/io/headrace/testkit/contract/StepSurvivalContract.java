package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.JobSteps;
import io.headrace.spi.Settlement;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Steps and cursors survive whatever happens to their job, and go with it. */
abstract class StepSurvivalContract extends StepSuite {

    private static final Duration RETENTION = Duration.ofDays(1);
    private static final int MOST_PRUNES = 50;

    private JobSteps recorded(long worker, ClaimedJob job) {
        record(worker, step(job, "charge", "{\"receipt\":\"r-1\"}"), step(job, "ship", null));
        move(worker, cursor(job, 1, "41"));
        move(worker, cursor(job, 2, "42"));
        JobSteps steps = stepsOf(job);
        assertThat(namesOf(steps)).containsExactlyInAnyOrder("charge", "ship");
        return steps;
    }

    private void survives(Function<ClaimedJob, Settlement> outcome) {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        JobSteps before = recorded(worker, claimed);

        settle(worker, outcome.apply(claimed));

        assertThat(stepsOf(id)).isEqualTo(before);
        ClaimedJob again = claimOne(worker);
        record(worker, step(again, "mail", "1"));
        move(worker, cursor(again, 3, "43"));
        assertThat(namesOf(stepsOf(id))).containsExactlyInAnyOrder("charge", "ship", "mail");
        assertThat(stepsOf(id).cursor()).isNotNull().matches(cursor -> "43".equals(cursor.value()));
    }

    @Test
    void aRetry() {
        survives(claimed -> retried(claimed, Duration.ZERO));
    }

    @Test
    void aSnooze() {
        survives(claimed -> snoozed(claimed, Duration.ZERO));
    }

    @Test
    void beingHandedBack() {
        survives(Outcomes::released);
    }

    @Test
    void theLossOfTheLease() {
        long silent = worker(SHORT);
        JobId id = enqueue(job());
        JobSteps before = recorded(silent, claimOne(silent));
        passTime(SHORT.multipliedBy(2));

        assertThat(sweep().leases()).isOne();

        assertThat(namesOf(stepsOf(id))).isEqualTo(namesOf(before));
        assertThat(stepsOf(id).cursor()).isNotNull().matches(cursor -> "42".equals(cursor.value()));
    }

    @Test
    void theStopOfTheWorker() {
        long worker = worker();
        JobId id = enqueue(job());
        JobSteps before = recorded(worker, claimOne(worker));

        unregister(worker);

        assertThat(stepsOf(id)).isEqualTo(before);
    }

    @Test
    void theTombstoneAndItsRetry() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        JobSteps before = recorded(worker, claimed);

        settle(worker, failed(claimed));
        assertThat(stepsOf(id)).isEqualTo(before);
        assertThat(retry(FailedJobs.ofKind(Draft.KIND)).retried()).isOne();
        assertThat(stepsOf(id)).isEqualTo(before);
        record(worker, step(claimOne(worker), "mail", "1"));
        assertThat(namesOf(stepsOf(id))).containsExactlyInAnyOrder("charge", "ship", "mail");
    }

    @Test
    void theRecordsOfALiveJobAreNeverForgotten() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        JobSteps before = recorded(worker, claimed);
        settle(worker, released(claimed));

        for (int i = 0; i < 3; i++) {
            prune();
            passTime(RETENTION);
        }

        assertThat(namesOf(stepsOf(id))).isEqualTo(namesOf(before));
    }

    @Test
    void theyGoWithACompletedJob() {
        goesWith(Outcomes::completed);
    }

    @Test
    void theyGoWithAFailedJob() {
        goesWith(Outcomes::failed);
    }

    private void goesWith(Function<ClaimedJob, Settlement> outcome) {
        long worker = worker(RETENTION.multipliedBy(1_000));
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        assertThat(recorded(worker, claimed).cursor()).isNotNull();
        JobId other = enqueue(job());
        ClaimedJob staying = claimOne(worker);
        record(worker, step(staying, "charge", "1"));
        settle(worker, outcome.apply(claimed));
        prune();
        assertThat(stepsOf(id).steps()).hasSize(2);
        passTime(RETENTION.plusHours(1));

        int prunes = 0;
        while (!stepsOf(id).equals(JobSteps.none(id.value())) && prunes++ < MOST_PRUNES) {
            prune();
            passTime(Duration.ofHours(1));
        }

        assertThat(stepsOf(id)).isEqualTo(JobSteps.none(id.value()));
        assertThat(namesOf(stepsOf(other))).containsExactly("charge");
        settle(worker, completed(staying));
    }

    private void prune() {
        var prunes = Flux.just(
                store().decisions().prune(RETENTION),
                store().decisions().pruneCompleted(RETENTION),
                store().decisions().prune(RETENTION));
        assertThat(await(prunes.concatMap(prune -> prune).collectList())).hasSize(3);
    }
}
