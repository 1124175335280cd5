package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.released;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewCursor;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Only the holder of a job's lease records its steps and moves its cursor. */
abstract class StepFencingContract extends StepSuite {

    private void isLate(long worker, ClaimedJob job) {
        NewStep step = step(job, "charge", "1");
        NewCursor cursor = cursor(job, 1, "1");

        assertThat(recordLate(worker, step)).containsExactly(step);
        assertThat(moveLate(worker, cursor)).containsExactly(cursor);

        assertThat(stepsOf(job).steps()).isEmpty();
        assertThat(stepsOf(job).cursor()).isNull();
    }

    @Test
    void afterASweepItIsTooLate() {
        long silent = worker(SHORT);
        given(job());
        ClaimedJob claimed = claimOne(silent);
        passTime(SHORT.multipliedBy(2));
        assertThat(sweep().leases()).isOne();

        isLate(silent, claimed);
        long other = worker();
        ClaimedJob again = claimOne(other);
        isLate(silent, claimed);
        record(other, step(again, "charge", "2"));
    }

    @Test
    void afterTheOutcomeItIsTooLate() {
        long worker = worker();
        given(jobs(3));
        List<ClaimedJob> claimed = claimAll(worker);

        settle(worker, completed(claimed.get(0)), released(claimed.get(1)));

        isLate(worker, claimed.get(0));
        isLate(worker, claimed.get(1));
        record(worker, step(claimed.get(2), "charge", "1"));
    }

    @Test
    void afterACancellationItIsTooLate() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);

        assertThat(cancel(new JobId(claimed.get(0).id()))).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);

        isLate(worker, claimed.get(0));
        record(worker, step(claimed.get(1), "charge", "1"));
    }

    @Test
    void anotherWorkerRecordsNothing() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        isLate(worker(), claimed);
        record(worker, step(claimed, "charge", "1"));
    }

    @Test
    void anotherLeaseRecordsNothing() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob first = claimOne(worker);
        ClaimedJob second = claimOne(worker);
        NewStep crossed = new NewStep(second.lease(), first.id(), "charge", "1", SHORT);
        NewStep nowhere = new NewStep(second.lease() + 1_000_000, second.id(), "charge", "1", SHORT);

        assertThat(recordLate(worker, crossed, nowhere)).containsExactlyInAnyOrder(crossed, nowhere);

        assertThat(stepsOf(first).steps()).isEmpty();
        assertThat(stepsOf(second).steps()).isEmpty();
    }

    @Test
    void theLeaseOfAnEarlierAttemptRecordsNothing() {
        long worker = worker();
        given(job());
        ClaimedJob earlier = claimOne(worker);
        settle(worker, released(earlier));
        ClaimedJob now = claimOne(worker);

        isLate(worker, earlier);
        record(worker, step(now, "charge", "1"));
    }

    @Test
    void theLateDoNotHoldUpTheOthersOfTheirCall() {
        long worker = worker();
        given(jobs(5));
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(1)), completed(claimed.get(3)));
        NewStep[] steps =
                claimed.stream().map(each -> step(each, "charge", "1")).toArray(NewStep[]::new);

        assertThat(recordLate(worker, steps)).containsExactlyInAnyOrder(steps[1], steps[3]);

        assertThat(claimed)
                .filteredOn(each -> stepsOf(each).steps().size() == 1)
                .hasSize(3);
    }

    /** Whatever the order: either the step was recorded under the lease, or it was late. */
    @Test
    void stepsAndOutcomesAtOnceAgree() {
        long worker = worker();
        given(jobs(64));
        List<ClaimedJob> claimed = claimAll(worker);

        List<List<ClaimedJob>> late = atOnce(8, caller -> {
            List<ClaimedJob> mine = claimed.subList(caller / 2 * 16, caller / 2 * 16 + 16);
            return caller % 2 == 0
                    ? store().leases()
                            .settle(worker, Outcomes.all(mine, Outcomes::completed))
                            .map(settled -> tooLate(settled))
                    : store().steps()
                            .record(
                                    worker,
                                    mine.stream()
                                            .map(each -> step(each, "charge", "1"))
                                            .toList())
                            .map(steps -> mine.stream()
                                    .filter(each -> steps.stream().anyMatch(step -> step.job() == each.id()))
                                    .toList());
        });

        List<Long> lateJobs =
                late.stream().flatMap(List::stream).map(ClaimedJob::id).toList();
        assertThat(claimed).allMatch(each -> stepsOf(each).steps().isEmpty() == lateJobs.contains(each.id()));
        assertThat(audit().completed()).isEqualTo(64);
    }

    private static List<ClaimedJob> tooLate(List<Settlement> settlements) {
        assertThat(settlements).isEmpty();
        return List.of();
    }

    /** A sweep takes the job away before a step is recorded, or after it, but not in between. */
    @Test
    void stepsAndASweepAtOnceAgree() {
        long silent = worker(SHORT);
        given(jobs(32));
        List<ClaimedJob> claimed = claimAll(silent);
        passTime(SHORT.multipliedBy(2));

        List<List<NewStep>> late = atOnce(
                4,
                caller -> caller == 0
                        ? sweepAtStart().map(report -> List.<NewStep>of())
                        : Mono.defer(() -> store().steps()
                                .record(
                                        silent,
                                        claimed.stream()
                                                .map(each -> step(each, "part " + caller, "1"))
                                                .toList())));

        int recorded =
                claimed.stream().mapToInt(each -> stepsOf(each).steps().size()).sum();
        assertThat(recorded + late.stream().mapToInt(List::size).sum()).isEqualTo(3 * 32);
        assertThat(sweep()).isNotNull();
        isLateForAll(silent, claimed);
    }

    private void isLateForAll(long silent, List<ClaimedJob> claimed) {
        NewStep[] steps = claimed.stream().map(each -> step(each, "last", "1")).toArray(NewStep[]::new);
        assertThat(recordLate(silent, steps)).containsExactlyInAnyOrder(steps);
    }
}
