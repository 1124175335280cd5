package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobUpdate;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What running jobs say of their progress: shown while they run, and not after. */
abstract class ProgressContract extends ContractSuite {

    private static final JobProgress HALF = new JobProgress(50, "half of the rye");

    private void note(long worker, ProgressNote... notes) {
        finish(store().leases().note(worker, List.of(notes)));
    }

    private static ProgressNote says(ClaimedJob job, @Nullable JobProgress progress) {
        return new ProgressNote(job.lease(), job.id(), progress);
    }

    private @Nullable JobProgress progress(ClaimedJob job) {
        List<JobUpdate> updates = lookAt(Set.of(new JobId(job.id())));
        assertThat(updates).hasSize(1);
        return updates.get(0).progress();
    }

    @Test
    void whatAJobSaysIsShown() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);

        note(worker, says(claimed.get(0), HALF));

        assertThat(progress(claimed.get(0))).isEqualTo(HALF);
        assertThat(progress(claimed.get(1))).isNull();
    }

    @Test
    void theLatestWordCounts() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        note(worker, says(claimed, HALF));
        note(worker, says(claimed, new JobProgress(40, null)));

        assertThat(progress(claimed)).isEqualTo(JobProgress.of(40));
    }

    @Test
    void manySayItTogether() {
        long worker = worker();
        given(jobs(500));
        List<ClaimedJob> claimed = claimAll(worker);

        for (int percent : List.of(1, 99)) {
            note(
                    worker,
                    claimed.stream()
                            .map(each -> says(each, JobProgress.of(percent)))
                            .toArray(ProgressNote[]::new));
        }

        assertThat(lookAt(Set.copyOf(idsOf(claimed))))
                .hasSize(500)
                .allMatch(update -> JobProgress.of(99).equals(update.progress()));
    }

    @Test
    void anyTextIsShownAsItWasKept() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        for (String text :
                List.of("", " ", "größer als 1 €, \uD83C\uDF3E\n\t\"'\\", "\0 and \uD83C alone", "x".repeat(9_999))) {
            JobProgress said = new JobProgress(100, text);
            note(worker, says(claimed, said));
            assertThat(progress(claimed)).isEqualTo(said);
        }
    }

    @Test
    void aNoteWithoutProgressTakesItBack() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        note(worker, says(claimed.get(0), HALF), says(claimed.get(1), HALF));

        note(worker, says(claimed.get(0), null), says(claimed.get(1), JobProgress.of(60)));

        assertThat(progress(claimed.get(0))).isNull();
        assertThat(progress(claimed.get(1))).isEqualTo(JobProgress.of(60));
    }

    @Test
    void nobodySpeaksForAnotherLeaseOrWorker() {
        long worker = worker();
        given(jobs(2));
        ClaimedJob first = claimOne(worker);
        ClaimedJob second = claimOne(worker);

        note(
                worker,
                new ProgressNote(second.lease(), first.id(), HALF),
                new ProgressNote(second.lease() + 1_000, second.id(), HALF));
        note(worker(), says(first, HALF), says(second, HALF));

        assertThat(progress(first)).isNull();
        assertThat(progress(second)).isNull();
    }

    @Test
    void itEndsWithTheAttempt() {
        long worker = worker();
        given(jobs(4));
        List<ClaimedJob> claimed = claimAll(worker);
        claimed.forEach(each -> note(worker, says(each, HALF)));

        Settlement again = retried(claimed.get(0), Duration.ZERO);
        settle(worker, again, released(claimed.get(1)), failed(claimed.get(2)), completed(claimed.get(3)));

        assertThat(claimed).allMatch(each -> progress(each) == null);
        List<ClaimedJob> next = claimAll(worker);
        assertThat(next).hasSize(2).allMatch(each -> progress(each) == null);
        note(worker, says(claimed.get(0), HALF), says(claimed.get(1), null));
        assertThat(next).allMatch(each -> progress(each) == null);
        next.forEach(each -> note(worker, says(each, JobProgress.of(1))));
        assertThat(next).allMatch(each -> JobProgress.of(1).equals(progress(each)));
    }

    @Test
    void itEndsWithTheLease() {
        long silent = worker(Duration.ofMinutes(1));
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(silent);
        claimed.forEach(each -> note(silent, says(each, HALF)));
        passTime(Duration.ofMinutes(2));

        assertThat(sweep().leases()).isEqualTo(1);
        assertThat(sweep().isIdle()).isTrue();

        assertThat(claimed).allMatch(each -> progress(each) == null);
    }
}
